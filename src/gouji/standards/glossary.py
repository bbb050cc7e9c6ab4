"""The glossary 中文 ↔ English ↔ identifier: ``python -m gouji.standards.glossary [--check] [FILE]`` writes ``docs/glossary.md``.

Terms of art stand in ``data/glossary.yaml``, what a disclosure states in the packs' concepts; the page joins both, so that a concept is
named once. ``--check`` writes nothing and has exit status 1 where the page is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from gouji.model.record import record
from gouji.standards.loader import load
from gouji.standards.pack import Standards
from gouji.standards.source import DATA, PackError

PAGE = Path("docs/glossary.md")
KIND_ZH = {"money": "金额", "count": "数量", "rate": "比率", "score": "得分", "value": "数值"}


@record
class GlossaryTerm:
    """One term of art. ``code`` is its identifier: ``gouji.model.fact.Fact``, ``Measure:share``, a concept, ``fund=fiscal``."""

    zh: str
    en: str
    code: str
    note: str = ""


@record
class Group:
    """Terms that belong together, under a heading in both languages."""

    zh: str
    en: str
    terms: tuple[GlossaryTerm, ...]


def groups(path: Path = DATA / "glossary.yaml") -> tuple[Group, ...]:
    """The terms of art in the order of the data file. Raises :class:`PackError` for an entry that is not one."""
    content: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return tuple(
            Group(part["group"]["zh"], part["group"]["en"], tuple(GlossaryTerm(**term) for term in part["terms"])) for part in content
        )
    except (KeyError, TypeError) as error:
        raise PackError([f"{path.name}：有一条写法不对（{error}）。每条只有 zh、en、code、note，含逗号的要加引号"]) from error


def page(standards: Standards) -> str:
    """The glossary in Markdown."""
    lines = [
        "# 词汇表 Glossary",
        "",
        "由源码生成：`uv run python -m gouji.standards.glossary`（generated; do not edit by hand）。",
        "代码、提示和文档只用这些词。The code uses only these words.",
        "",
    ]
    for group in groups():
        lines += [f"## {group.zh} · {group.en}", "", "| 中文 | English | 标识 | |", "|---|---|---|---|"]
        lines += [f"| {term.zh} | {term.en} | `{term.code}` | {term.note} |".replace("|  |", "| |") for term in group.terms]
        lines.append("")
    lines += ["## 公开文件说到的概念 · what a disclosure states", "", "| 中文 | English | 标识 | 种类 | 单位 |", "|---|---|---|---|---|"]
    for concept in standards.concepts.values():
        lines.append(f"| {concept.zh} | {concept.en} | `{concept.id}` | {KIND_ZH[concept.kind]} | {concept.unit} |".replace("|  |", "| |"))
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    """Writes the page, or with ``--check`` only says whether it is current."""
    check = "--check" in arguments
    files = [argument for argument in arguments if not argument.startswith("-")]
    path = Path(files[0]) if files else PAGE
    try:
        text = page(load("cn", 2023))
    except PackError as error:
        print(error)
        return 1
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    print(f"{'未更新，请运行 python -m gouji.standards.glossary' if check else '已更新'}：{path}")
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return int(check)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
