"""Findings with a written justification (已说明), and what is new since the last run.

``--accepted 说明.csv`` names findings by fingerprint and says why each may stand. Such findings stay visible with their justification and are
out of the count. The file is a table with the columns 指纹 and 说明 (optionally 日期), as CSV in UTF-8 or GBK, or a former JSON result of
``gouji check``: then every finding in it counts as seen.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date

from gouji.model.finding import Finding
from gouji.model.record import record
from gouji.model.regex import regex

_HEADS = {
    "fingerprint": ("指纹", "编号", "fingerprint", "id", "问题编号"),
    "justification": ("说明", "理由", "原因", "justification", "reason", "备注"),
    "date": ("日期", "说明日期", "date", "时间"),
}
_FINGERPRINT = regex(r"^[0-9a-f]{16}$")


class AcceptedError(ValueError):
    """A file of justifications that cannot be used, with a sentence in Chinese: which file, which line, what to do."""


@record
class Accepted:
    """``justifications`` by fingerprint; ``known``: fingerprints of the last run, None where there was none."""

    justifications: dict[str, str] = field(default_factory=dict)
    known: frozenset[str] | None = None
    source: str = ""


def read_accepted(data: bytes, name: str) -> Accepted:
    """The justifications of a CSV file, or the findings of a former JSON result.

    Raises :class:`AcceptedError`. ``name`` is the file's name for messages.
    """
    text = _decoded(data, name)
    if text.lstrip().startswith("{"):
        return _from_result(text, name)
    return _from_table(text, name)


def merged(parts: Sequence[Accepted]) -> Accepted:
    """Several files as one; what any of them knows is known."""
    justifications: dict[str, str] = {}
    known: set[str] | None = None
    for part in parts:
        justifications.update(part.justifications)
        if part.known is not None:
            known = (known or set()) | part.known
    return Accepted(justifications, frozenset(known) if known is not None else None, "、".join(p.source for p in parts))


def justified(findings: Sequence[Finding], accepted: Accepted) -> list[Finding]:
    """The findings with their justifications, and with ``new`` set where the last run is known."""
    result = []
    for finding in findings:
        reason = accepted.justifications.get(finding.fingerprint, "")
        new = None if accepted.known is None else finding.fingerprint not in accepted.known
        result.append(replace(finding, justification=reason, new=new) if reason or new is not None else finding)
    return result


def unused(findings: Sequence[Finding], accepted: Accepted) -> tuple[str, ...]:
    """Fingerprints that are justified and no longer found: their lines can go."""
    present = {f.fingerprint for f in findings}
    return tuple(sorted(accepted.justifications.keys() - present))


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(b"PK"):
        raise AcceptedError(f"{name}：这是工作簿，不是CSV。请在Excel或WPS中另存为“CSV（逗号分隔）”再用。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AcceptedError(f"{name}：文字编码无法识别。请另存为UTF-8或GBK编码的CSV。")


def _from_table(text: str, name: str) -> Accepted:
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    if not first:
        raise AcceptedError(f"{name}：文件是空的。第一行应为表头“指纹,说明,日期”。")
    delimiter = max((",", "\t", ";", "，"), key=first.count)
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter))
    head_line = next(i for i, row in enumerate(rows) if any(cell.strip() for cell in row))
    columns = _columns(rows[head_line])
    if "fingerprint" not in columns or "justification" not in columns:
        raise AcceptedError(f"{name}：第{head_line + 1}行应为表头，至少含“指纹”和“说明”两列，现为“{'、'.join(c.strip() for c in rows[head_line])}”。")
    justifications: dict[str, str] = {}
    seen: set[str] = set()
    for number, row in enumerate(rows[head_line + 1 :], head_line + 2):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        if not any(cell.strip() for cell in row):
            continue
        mark = cells["fingerprint"].strip("'\"‘’“” ").lower()
        if not _FINGERPRINT.match(mark):
            hint = "（Excel把它改成了数字，请把该列设为文本）" if re.search(r"e\+|^\d+$", mark) else ""
            raise AcceptedError(f"{name}：第{number}行的指纹“{cells['fingerprint']}”不是16位的指纹{hint}。请从核对结果中原样复制。")
        seen.add(mark)
        reason = cells["justification"]
        if reason:
            when = _date(cells.get("date", ""), name, number)
            justifications[mark] = f"{reason}（{when}）" if when else reason
    return Accepted(justifications, None, name)


def _columns(head: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(head):
        plain = cell.strip().strip("\ufeff").lower()
        for key, names in _HEADS.items():
            if key not in columns and any(plain == n or plain.startswith(n) for n in names):
                columns[key] = at
                break
    return columns


def _date(printed: str, name: str, line: int) -> str:
    if not printed:
        return ""
    match = re.match(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})", printed)
    try:
        if match is None:
            raise ValueError
        return date(*(int(g) for g in match.groups())).isoformat()
    except ValueError:
        raise AcceptedError(f"{name}：第{line}行的日期“{printed}”无法识别，请写成2024-09-17的样式，或留空。") from None


def _from_result(text: str, name: str) -> Accepted:
    """A former result: all its findings are known, and those justified then stay justified."""
    try:
        result = json.loads(text)
    except json.JSONDecodeError as error:
        raise AcceptedError(f"{name}：不是完整的JSON（第{error.lineno}行）。请使用 gouji check --format json 的输出。") from None
    documents = result.get("documents") if isinstance(result, dict) else None
    if not isinstance(documents, list) or not str(result.get("schema", "")).startswith("gouji.check/"):
        raise AcceptedError(f"{name}：不是核对结果。请使用 gouji check --format json 的输出，或“指纹,说明”两列的CSV。")
    known: set[str] = set()
    justifications: dict[str, str] = {}
    for document in documents:
        for finding in document.get("findings", ()):
            known.add(str(finding.get("id", "")))
            if finding.get("justification"):
                justifications[str(finding["id"])] = str(finding["justification"])
    return Accepted(justifications, frozenset(known), name)
