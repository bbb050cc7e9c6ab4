"""``gouji rules``: everything that is checked, as a list; with ids, what each rule says, why, by which authority, with an example."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from gouji.checks.registry import KINDS, SEVERITY_ZH, Rule, catalogue, cited
from gouji.standards.loader import jurisdictions, load

if TYPE_CHECKING:
    from gouji.standards.pack import Authority


def run_rules(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status."""
    entries, authorities = all_rules()
    if not chosen.ids:
        print(_list(entries), end="")
        return 0
    status = 0
    for number, ident in enumerate(chosen.ids):
        entry = entries.get(ident) or entries.get(ident.lower()) or entries.get(f"equation.{ident}")
        if entry is None:
            print(_unknown(ident, entries), file=sys.stderr)
            status = 2
            continue
        print(("\n" if number else "") + explained(entry, authorities), end="")
    return status


def all_rules() -> tuple[dict[str, Rule], dict[str, Authority]]:
    """The rules of every jurisdiction by id, the general ones first, and the authorities they cite."""
    entries: dict[str, Rule] = {}
    authorities: dict[str, Authority] = {}
    for name in jurisdictions():
        standards = load(name, None)
        authorities.update(standards.authorities)
        for entry in catalogue(standards):
            entries.setdefault(entry.id, entry)
    return entries, authorities


def _list(entries: dict[str, Rule]) -> str:
    lines: list[str] = []
    width = max(len(ident) for ident in entries) + 2
    for kind, title in KINDS.items():
        members = [e for e in entries.values() if e.kind == kind]
        lines.append(f"{title}（{len(members)} 条）")
        lines += [f"  {e.id:<{width}}{SEVERITY_ZH[e.severity]}  {e.zh}" for e in members]
        lines.append("")
    lines.append(f"共 {len(entries)} 条。运行 gouji rules 编号 查看一条规则查什么、为什么、依据和例子。")
    return "\n".join(lines) + "\n"


def explained(entry: Rule, authorities: dict[str, Authority]) -> str:
    """One rule in full."""
    says = entry.explanation
    lines = [f"{entry.id}  {entry.zh}", f"{KINDS[entry.kind]}，级别：{SEVERITY_ZH[entry.severity]}", "", says.what]
    parts = (("为什么", says.why), ("依据", cited(entry.authority, authorities)), ("例", says.example), ("报告", says.message), ("不报", says.silent))
    lines += [f"\n{label}：{text}" for label, text in parts if text]
    return "\n".join(lines) + "\n"


def _unknown(ident: str, entries: dict[str, Rule]) -> str:
    from difflib import get_close_matches

    named = [e.id for e in entries.values() if ident and ident in e.zh]
    near = list(dict.fromkeys([*get_close_matches(ident.lower(), entries, 3, 0.5), *named]))[:5]
    hint = f"相近的有：{'、'.join(near)}。" if near else ""
    return f"没有规则“{ident}”。{hint}运行 gouji rules 查看全部规则。"
