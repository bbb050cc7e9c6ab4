"""``gouji score``: filled forms and scheme workbooks → scores with their derivations, what is missing, the completed forms."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gouji.cli.faults import fault_sentence, trouble_sentence
from gouji.cli.inputs import Input, inputs_of
from gouji.cli.outputs import emit, overwritten, print_lines, write_whole
from gouji.cli.score_forms import Filled, filled_forms
from gouji.documents import UnreadableError
from gouji.rendering.checked import Failure
from gouji.rendering.forms_explained import Explained, data, lines, problem_rows, rows_of
from gouji.rendering.forms_grid import Form
from gouji.standards.schemes import UnknownScheme, scheme

ENDINGS = {".xlsx": "xlsx", ".docx": "docx", ".html": "html", ".htm": "html", ".json": "json", ".txt": "terminal"}


@dataclass(slots=True)
class _Run:
    filled: list[tuple[str, Filled]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def explained(self) -> list[Explained]:
        return [each for _, filled in self.filled for each in filled.explained]

    @property
    def forms(self) -> list[Form]:
        return [each for _, filled in self.filled for each in filled.forms]


def run_score(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status: 2 unreadable or not written, 1 something impossible or missing, 0 clean."""
    given = inputs_of(chosen.files, apart=(chosen.output,))
    if chosen.scheme:
        try:
            scheme(chosen.scheme)
        except UnknownScheme as error:
            return _say(f"{error}。")
    run = _Run(failures=list(given.failures))
    for file in given.files:
        _read(file, chosen, run)
    for sentence in (*(failure.message for failure in run.failures), *given.notes):
        print(sentence, file=sys.stderr)
    status = _write(chosen, run, [file.path for file in given.files])
    if run.failures or status:
        return 2
    return int(any(each.count("error") for each in run.explained))


def _read(file: Input, chosen: argparse.Namespace, run: _Run) -> None:
    try:
        filled = filled_forms(file.document(), scheme_id=chosen.scheme, layout=chosen.layout, recompute=chosen.recompute)
    except UnreadableError as error:
        run.failures.append(Failure(file.path, str(error)))
        return
    except Exception as error:
        run.failures.append(Failure(file.path, fault_sentence(file.path, error)))
        return
    for note in filled.notes:
        print(f"{file.path}：{note}", file=sys.stderr)
    if not filled.explained:
        sentence = "里面没有填写过的自评表。请用 gouji template self-evaluation -o 自评.xlsx 写出模板，填好后再试。"
        run.failures.append(Failure(file.path, f"{file.path}：{sentence}"))
        return
    run.filled.append((file.path, filled))


def _write(chosen: argparse.Namespace, run: _Run, inputs: Sequence[str]) -> int:
    """The output that was asked for; 0 where it could be written."""
    output: str | None = chosen.output
    folder = output is not None and (output.endswith(("/", os.sep)) or os.path.isdir(output) or not Path(output).suffix)
    kind = chosen.format or (ENDINGS.get(Path(output).suffix.lower(), "terminal") if output and not folder else "terminal")
    try:
        if output is not None and folder:
            _explain(run)
            return _into(output, chosen.format, run, inputs)
        lost = overwritten((output,), inputs)
        if lost:
            return _say(f"{lost}：这是要读取的文件，不能覆盖它。请给输出换一个名字。")
        if kind == "terminal" and output is None:
            _explain(run)
        elif kind in ("xlsx", "docx") and output is None and sys.stdout.isatty():
            return _say("这种文件不能显示在屏幕上，请用 -o 指定文件，例如 -o 自评结果.xlsx。")
        else:
            if kind in ("xlsx", "docx", "html") and not run.forms:
                return 0  # the failures have been told
            emit(_bytes(kind, run), output)
            if output is not None and kind in ("xlsx", "docx", "html"):
                _explain(run)
    except OSError as error:
        if output is None:
            raise
        return _say(trouble_sentence(error, output))
    return 0


def _bytes(kind: str, run: _Run) -> bytes:
    title = "绩效自评表"
    if kind == "json":
        return (json.dumps(data(run.explained, run.failures), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    if kind == "xlsx":
        from gouji.rendering.forms_workbook import forms_workbook

        return forms_workbook(run.forms, title)
    if kind == "docx":
        from gouji.rendering.forms_word import forms_word

        return forms_word(run.forms, title)
    if kind == "html":
        from gouji.rendering.forms_page import forms_page

        return forms_page(run.forms, title).encode("utf-8", "replace")
    return ("\n".join(lines(run.explained)) + "\n").encode("utf-8", "replace")


def _into(folder: str, kind: str | None, run: _Run, inputs: Sequence[str]) -> int:
    """Into a folder: the forms as a workbook and as a Word file, and the explanation as a workbook, by file (or only the format asked for)."""
    os.makedirs(folder, exist_ok=True)
    for path, filled in run.filled:
        own = _Run([(path, filled)])
        stem = Path(path).stem
        wanted = [(kind, "自评表" if kind in ("xlsx", "docx", "html") else "评分说明")] if kind else [("xlsx", "自评表"), ("docx", "自评表"), ("notes", "评分说明")]
        for each, label in wanted:
            ending = {"terminal": "txt", "notes": "xlsx"}.get(each, each)
            target = os.path.join(folder, f"{stem}-{label}.{ending}")
            if overwritten((target,), inputs):
                return _say(f"{target}：这是要读取的文件，不能覆盖它。请换一个输出文件夹。")
            content = _notes(own) if each == "notes" else _bytes(each, own)
            try:
                write_whole(target, content)
            except OSError as error:
                return _say(trouble_sentence(error, target))
            print(f"已写入 {target}", file=sys.stderr)
    return 0


def _notes(run: _Run) -> bytes:
    from gouji.rendering.forms_workbook import forms_workbook

    sheets = [("评分说明", rows_of(run.explained)), ("要改的地方", problem_rows(run.explained))]
    return forms_workbook((), "评分说明", sheets)


def _explain(run: _Run) -> None:
    from rich.console import Console

    print_lines(Console(highlight=False), lines(run.explained))


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
