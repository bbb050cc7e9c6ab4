"""The documentation pages of everything that is checked, made from the catalogue.

``python -m gouji.checks.documentation [--check] [FOLDER]`` writes ``docs/rules``, or says which pages are not current (exit status 1).
"""

from __future__ import annotations

import sys
from pathlib import Path

from gouji.checks.registry import KINDS, SEVERITY_ZH, Rule, catalogue, cited
from gouji.standards.pack import Authority, Standards


def page(entry: Rule, authorities: dict[str, Authority]) -> str:
    """The documentation page of a rule in Markdown."""
    says = entry.explanation
    lines = [f"# {entry.id} · {entry.zh}", "", f"{KINDS[entry.kind]}，级别：{SEVERITY_ZH[entry.severity]}。", "", says.what, ""]
    for title, text in (("为什么查", says.why), ("依据", cited(entry.authority, authorities)), ("例子", says.example)):
        if text:
            lines += [f"## {title}", "", text, ""]
    if says.message:
        lines += ["报告：", "", f"> {says.message}", ""]
    if says.silent:
        lines += ["## 不报的情形", "", says.silent, ""]
    return "\n".join(lines)


def pages(standards: Standards) -> dict[str, str]:
    """File name → text of all documentation pages with their index."""
    entries = catalogue(standards)
    made = {f"{entry.id}.md": page(entry, standards.authorities) for entry in entries}
    index = ["# 核对规则目录", "", "由源码生成：`uv run python -m gouji.checks.documentation`。每条规则的编号不变。", ""]
    for kind, title in KINDS.items():
        rows = sorted((e for e in entries if e.kind == kind), key=lambda e: e.id)
        if rows:
            index += [f"## {title}", "", "| 编号 | 名称 | 级别 |", "|---|---|---|"]
            index += [f"| [{e.id}]({e.id}.md) | {e.zh} | {SEVERITY_ZH[e.severity]} |" for e in rows]
            index.append("")
    made["README.md"] = "\n".join(index)
    return made


def write_pages(folder: Path, standards: Standards, *, check: bool = False) -> list[str]:
    """Writes the pages into ``folder``; with ``check`` writes nothing. Returns the names that were not current."""
    made = pages(standards)
    present = {path.name for path in folder.glob("*.md")} if folder.is_dir() else set()
    stale = [name for name, text in made.items() if name not in present or (folder / name).read_text(encoding="utf-8") != text]
    stale += sorted(present - made.keys())
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in present - made.keys():
            (folder / name).unlink()
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return sorted(stale)


def main(arguments: list[str]) -> int:
    """Generates the pages, or with ``--check`` only says which are not current."""
    from gouji.standards.loader import load

    folders = [a for a in arguments if not a.startswith("-")]
    folder = Path(folders[0]) if folders else Path("docs/rules")
    check = "--check" in arguments
    stale = write_pages(folder, load("cn", 2023), check=check)
    for name in stale:
        print(f"{'未更新' if check else '已更新'}：{folder / name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
