"""``gouji schemes``: the evaluation schemes that ship; with ids, each explained: items, weights, formulas, grades, authority."""

from __future__ import annotations

import argparse
import sys

from gouji.scoring import explain_scheme, list_schemes
from gouji.standards.schemes import UnknownScheme, scheme, schemes


def run_schemes(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status."""
    from rich.console import Console

    from gouji.cli.outputs import print_lines

    console = Console(highlight=False)
    if not chosen.ids:
        print_lines(console, list_schemes(schemes()))
        print(f"\n共 {len(schemes())} 个。运行 gouji schemes 编号 看指标、权重、算式和依据；gouji template --scheme 编号 -o 填报.xlsx 写出填报模板。")
        return 0
    status = 0
    for number, identifier in enumerate(chosen.ids):
        try:
            found = scheme(identifier)
        except UnknownScheme as error:
            print(f"{error}。", file=sys.stderr)
            status = 2
            continue
        if number:
            print()
        print_lines(console, ["  " * (len(line) - len(line.lstrip("　"))) + line.lstrip("　") for line in explain_scheme(found)])
    return status
