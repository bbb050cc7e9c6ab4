"""``gouji monitor``: budget and payments by month → progress, year-end forecast, cuts, points at stake."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from gouji.cli.faults import fault_sentence, trouble_sentence
from gouji.cli.inputs import Input, inputs_of
from gouji.cli.outputs import emit, overwritten, print_lines
from gouji.documents import UnreadableError
from gouji.extraction.monitored import MonitorReturn, MonitorRow, monitor_return
from gouji.rendering.checked import program_version
from gouji.rendering.forms_monitor_report import lines, report
from gouji.scoring.demands import Demands, demands_of, schemes_with_demands
from gouji.scoring.monitoring import METHOD_ZH, STATE_ZH, Monitoring, Programme, Scenario, Stand, Watch, monitor
from gouji.scoring.scored import ZERO, rounded, words
from gouji.standards.schemes import UnknownScheme, scheme

_BY_ENDING = {".json": "json", ".xlsx": "xlsx", ".txt": "terminal"}


def run_monitor(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status: 2 unreadable or not written, 1 a demand is not met or a figure is wrong, 0 clean."""
    demands = _demands(chosen.scheme)
    if isinstance(demands, str):
        return _say(demands)
    given = inputs_of(chosen.files, apart=(chosen.output,))
    for failure in given.failures:
        print(failure.message, file=sys.stderr)
    if not given.files:
        return 2
    if overwritten((chosen.output,), [file.path for file in given.files]):
        return _say(f"{chosen.output}：这是要读取的文件，不能覆盖它。请给输出换一个名字。")
    file = given.files[0]
    try:
        found = monitor_return(file.document())
    except UnreadableError as error:
        return _say(str(error))
    except Exception as error:
        return _say(fault_sentence(file.path, error))
    if found is None:
        return _say(f"{file.path}：里面没有监控表（要有“项目名称”“调整后预算数”和各月支付数等列）。请用 gouji template monitor -o 监控.xlsx 写出模板，填好后再试。")
    if not found.rows:
        return _say(f"{file.path}：监控表还没有填。请在 gouji template monitor 写出的表里至少填写一个项目的名称、调整后预算数和各月支付数，再试一次。")
    return _tell(chosen, file, found, demands)


def _demands(identifier: str | None) -> Demands | str:
    known = schemes_with_demands()
    if identifier is None:
        found = demands_of(known[-1]) if known else None
        return found if found is not None else "没有带执行进度要求的指标体系，不能监控。"
    try:
        found = demands_of(scheme(identifier))
    except UnknownScheme as error:
        return f"{error}。"
    return found if found is not None else f"指标体系 {identifier} 没有公布执行进度的要求，不能用来监控。可用：{'、'.join(each.id for each in known)}。"


def _tell(chosen: argparse.Namespace, file: Input, given: MonitorReturn, demands: Demands) -> int:
    wrong = _not_numbers(given)
    result = monitor([_programme(row) for row in given.rows], demands, chosen.month or given.month)
    data = _data(file.path, given, result, wrong, chosen.scheme is not None)
    kind = chosen.format or (_BY_ENDING.get(Path(chosen.output).suffix.lower(), "terminal") if chosen.output else "terminal")
    try:
        if kind == "terminal" and not chosen.output:
            _print(data)
        elif kind == "xlsx" and not chosen.output and sys.stdout.isatty():
            return _say("工作簿不能显示在屏幕上，请用 -o 指定文件，例如 -o 监控结果.xlsx。")
        else:
            content = {
                "json": lambda: (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"),
                "xlsx": lambda: report(data),
                "terminal": lambda: ("\n".join(lines(data)) + "\n").encode("utf-8", "replace"),
            }[kind]()
            emit(content, chosen.output)
            if chosen.output and kind == "xlsx":
                _print(data)
    except OSError as error:
        if not chosen.output:
            raise
        return _say(trouble_sentence(error, chosen.output))
    return int(bool(wrong) or bool(given.stray) or not result.clean)


def _print(data: dict[str, Any]) -> None:
    from rich.console import Console

    print_lines(Console(highlight=False), lines(data))


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _programme(row: MonitorRow) -> Programme:
    def amount(name: str) -> Decimal | None:
        return row.fields[name].number if name in row.fields else None

    last = tuple(row.last_year[month].number if month in row.last_year else None for month in range(1, 13))
    return Programme(
        row.text("code"), row.text("name"), amount("budget_initial"), amount("budget"), amount("cancelled") or ZERO,
        tuple(row.months[month].number if month in row.months else None for month in range(1, 13)),
        tuple((month, value.number) for month, value in sorted(row.reached.items()) if value.number is not None), amount("forecast"),
        last if any(value is not None for value in last) else (),
    )  # fmt: skip


def _not_numbers(given: MonitorReturn) -> list[dict[str, str]]:
    return [
        {"sheet": value.sheet, "cell": value.cell, "project": row.text("name") or row.text("code"), "message": f"{label}“{value.text}”不是数字", "remedy": "请取消合并，每行各填一个数。" if "合并单元格" in value.text else "请改填数字。"}
        for row in given.rows
        for label, value in row.values()
        if value.number is None and value.text
    ]


# ----------------------------------------------------------------------------------------------------------- as plain data


def _data(path: str, given: MonitorReturn, result: Monitoring, wrong: list[dict[str, str]], named: bool) -> dict[str, Any]:
    """``gouji.monitor/1``: amounts in ``money_unit``, shares as fractions of one, all as decimal texts; null where nothing can be said."""
    demands = result.demands
    notes = [] if named else [f"进度和结余要求按 {demands.scheme.zh}；当地另有要求的，用 --scheme 另选。"]
    if any(each.expected.method in ("linear", "last_year") for each in result.watches):
        notes.append("年末数只按已付数推算；付款已有安排的，请把全年预计执行填在“预计全年执行”后再算。")
    notes += [f"“上年支付”里的“{name}”在监控表里没有对应的项目，没有使用" for name in given.stray]
    return {
        "schema": "gouji.monitor/1", "gouji": program_version(), "path": path, "unit": given.unit, "year": given.year, "month": result.month,
        "time": _share(result.time), "money_unit": given.money_unit,
        "scheme": {"id": demands.scheme.id, "zh": demands.scheme.zh, "limit": _share(demands.limit),
                   "checkpoints": [{"month": each.month, "demand": _share(Fraction(each.demand)), "target": _share(Fraction(each.target)), "points": words(each.points)}
                                   for each in demands.checkpoints]},
        "department": {
            "budget": words(result.budget), "paid": _amount(result.paid), "progress": _share(result.paid / Fraction(result.budget)) if result.budget else None,
            "expected": _amount(result.expected), "checkpoints": [_stand(each) for each in result.stands],
            "scenarios": [_scenario(each) for each in result.scenarios],
        },
        "projects": [_watch(each, row, result) for each, row in zip(result.watches, given.rows, strict=True)],
        "problems": wrong,
        "notes": notes,
    }  # fmt: skip


def _watch(watch: Watch, row: MonitorRow, result: Monitoring) -> dict[str, Any]:
    programme, expected = watch.programme, watch.expected
    return {
        "code": programme.code, "name": programme.name, "sheet": row.sheet, "cell": row.cell,
        "budget_initial": words(programme.budget_initial) if programme.budget_initial is not None else None,
        "budget": words(watch.budget) if watch.budget is not None else None,
        "paid": _amount(watch.paid), "progress": _share(watch.progress), "pace": _share(watch.pace),
        "checkpoints": [_stand(each) for each in watch.stands],
        "expected": {"method": expected.method, "method_zh": METHOD_ZH[expected.method], "amount": _amount(expected.amount), "linear": _amount(expected.linear),
                     "derivation": expected.derivation},
        "surplus": _amount(watch.surplus), "surplus_rate": _share(watch.surplus_rate),
        "cut": {"least": words(watch.least) if watch.least is not None else None, "whole": words(watch.whole) if watch.whole is not None else None},
        "points": {"execution": words(watch.own_points) if watch.own_points is not None else None, "weight": words(watch.own_weight),
                   "surplus": _surplus_points(watch, result)},
        "state": watch.state, "state_zh": "结余超标" if watch.state == "short" and result.month == 12 else STATE_ZH[watch.state], "problems": list(watch.problems),
    }  # fmt: skip


def _surplus_points(watch: Watch, result: Monitoring) -> str | None:
    """What this project's surplus takes off the department's points: its share of the item that counts projects."""
    item, counted = result.demands.surplus, sum(1 for each in result.watches if each.budget and each.expected.amount is not None)
    if item is None or item.weight is None or not counted or watch.least is None:
        return None
    return words(rounded(Fraction(item.weight) / counted)) if watch.least else "0"


def _stand(stand: Stand) -> dict[str, Any]:
    return {"month": stand.checkpoint.month, "target": _share(Fraction(stand.checkpoint.target)), "progress": _share(stand.progress), "ahead": stand.ahead,
            "met": stand.met, "pay": _amount(stand.pay)}  # fmt: skip


def _scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id, "zh": scenario.zh, "cut": words(scenario.cut), "points": words(scenario.points) if scenario.points is not None else None,
        "full": words(scenario.full),
        "items": [{"id": item.id, "name": item.name, "weight": words(item.weight or ZERO), "score": words(scored.value) if scored.value is not None else None,
                   "derivation": scored.derivation, "review": list(scored.review)} for item, scored in scenario.items],
    }  # fmt: skip


def _amount(value: Fraction | None) -> str | None:
    return words(rounded(value)) if value is not None else None


def _share(value: Fraction | None) -> str | None:
    return words(rounded(value, Decimal("0.0001"))) if value is not None else None
