"""The results of monitoring (监控结果) from plain data (``gouji.monitor/1``): lines for a terminal, a workbook with three sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gouji.rendering.checked import program_version
from gouji.rendering.forms_workbook import CREATED, OPTIONS, Formats, listing

Data = Mapping[str, Any]


def rate(share: str | None) -> str:
    """A share of one as a percentage; a dash where nothing is known.

    >>> rate("0.675"), rate(None)
    ('67.5%', '—')
    """
    if share is None:
        return "—"
    text = f"{Decimal(share) * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def lines(data: Data) -> Iterator[str]:
    """The report, one entry a line; indented lines belong to the one above."""
    unit = data["money_unit"]
    head = "　".join(part for part in (data["unit"], f"{data['year']}年" if data["year"] else "", f"截至 {data['month']} 月末") if part)
    yield f"■ {head}　时间进度 {rate(data['time'])}　单位：{unit}"
    for note in data["notes"]:
        yield f"  {note}"
    for problem in data["problems"]:
        where = f"工作表“{problem['sheet']}” {problem['cell']}" if problem["sheet"] else problem["cell"]
        yield f"  错误　{where}　{problem['project']}：{problem['message']}。{problem['remedy']}"
    for project in data["projects"]:
        yield ""
        yield from _project(project, unit, data["month"] == 12)
    yield ""
    yield from _department(data, unit)


def _project(project: Data, unit: str, over: bool) -> Iterator[str]:
    """One project; ``over``: the year is over, what is left can no longer be cut."""
    label = " ".join(part for part in (project["code"], project["name"]) if part) or "（没有名称的项目）"
    yield f"● {label}　【{project['state_zh']}】"
    for problem in project["problems"]:
        where = f"（工作表“{project['sheet']}” {project['cell']} 一行）" if project["sheet"] else f"（{project['cell']}）"
        yield f"  错误　{problem}{where}。请更正后再看下面的推算。"
    if project["budget"] is None or project["paid"] is None:
        yield f"  {project['expected']['derivation']}"
        return
    yield f"  预算 {project['budget']}，已付 {project['paid']}，执行进度 {rate(project['progress'])}，为时间进度的 {rate(project['pace'])}"
    for stand in project["checkpoints"]:
        if stand["progress"] is None:
            continue
        told = "预计" if stand["ahead"] else "实际"
        verdict = "达到" if stand["met"] else "达不到" if stand["ahead"] else "未达到"
        need = f"，还要支付 {stand['pay']}" if stand["ahead"] and stand["pay"] != "0" else f"，差 {stand['pay']}" if not stand["met"] else ""
        yield f"  {stand['month']}月末{told} {rate(stand['progress'])}，要求 {rate(stand['target'])}：{verdict}{need}"
    expected = project["expected"]
    reckoned = f"年末预计 {expected['amount']}（{expected['method_zh']}：{expected['derivation']}）" if not over else f"全年执行 {expected['amount']}"
    yield f"  {reckoned}，结余 {project['surplus']}，结余率 {rate(project['surplus_rate'])}"
    cut, points = project["cut"], project["points"]
    if cut["least"] not in (None, "0"):
        lost = f"；不调减，部门“资金结余率”少得约 {points['surplus']} 分" if points["surplus"] not in (None, "0") else ""
        if over:
            yield "  结余率超过要求，年度已经结束，不能再调减" + lost.replace("；不调减，", "；")
        else:
            yield f"  需要调减：至少 {cut['least']}{unit}，使结余率降到要求以内；全部预计结余为 {cut['whole']}{unit}{lost}"
    if points["execution"] is not None and points["execution"] != points["weight"]:
        yield f"  项目自评“预算执行”预计得 {points['execution']}/{points['weight']} 分".replace("预计得", "应得" if over else "预计得")


def _department(data: Data, unit: str) -> Iterator[str]:
    whole = data["department"]
    yield f"■ 部门合计　预算 {whole['budget']}，已付 {whole['paid']}，执行进度 {rate(whole['progress'])}，{'全年执行' if data['month'] == 12 else '年末预计'} {whole['expected']}（{unit}）"
    for stand, demand in zip(whole["checkpoints"], data["scheme"]["checkpoints"], strict=True):
        told = "预计" if stand["ahead"] else "实际"
        verdict = "不能判断" if stand["met"] is None else "达到" if stand["met"] else "达不到" if stand["ahead"] else "未达到"
        need = f"，还要支付 {stand['pay']}" if stand["ahead"] and stand["pay"] != "0" else ""
        yield (f"  {stand['month']}月末{told} {rate(stand['progress'])}，要求 {rate(stand['target'])}（序时进度的 {rate(demand['demand'])}，{demand['points']} 分）："
               f"{verdict}{need}")  # fmt: skip
    for scenario in whole["scenarios"]:
        if scenario["id"] != "as_is" and scenario["cut"] == "0":
            continue
        points = scenario["points"] if scenario["points"] is not None else "—"
        cut = f"（共调减 {scenario['cut']}{unit}）" if scenario["id"] != "as_is" else ""
        yield f"  {scenario['zh']}{cut}：{'应得' if data['month'] == 12 else '预计得'} {points}/{scenario['full']} 分"
        for item in scenario["items"]:
            score = item["score"] if item["score"] is not None else "—"
            yield f"      {item['name']} {score}/{item['weight']}　{item['derivation']}"
    named = {"met": "达到要求", "behind": "进度落后", "short": "需要调减" if data["month"] < 12 else "结余超标", "open": "不能判断", "wrong": "填报有误"}
    counts = {name: sum(1 for each in data["projects"] if each["state"] == state) for state, name in named.items()}
    yield f"  {len(data['projects'])} 个项目：" + "，".join(f"{name} {count}" for name, count in counts.items() if count)


def report(data: Data) -> bytes:
    """The workbook: projects, the department, how the year's end was reckoned."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": "绩效监控结果", "created": CREATED, "comments": f"gouji {program_version()}"})
        formats = Formats(book)
        listing(book.add_worksheet("项目"), _project_rows(data), formats)
        listing(book.add_worksheet("部门"), _department_rows(data), formats)
        listing(book.add_worksheet("推算"), _reckoning_rows(data), formats)
    return target.getvalue()


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _project_rows(data: Data) -> list[list[str]]:
    points = data["scheme"]["checkpoints"]
    unit = data["money_unit"]
    head = ["项目编码", "项目名称", "状态", f"预算（{unit}）", "已付", "执行进度", "相当于时间进度"]
    ahead = {stand["month"] for each in data["projects"] for stand in each["checkpoints"] if stand["ahead"]}
    for point in points:
        head += [f"{point['month']}月末（要求{rate(point['target'])}）"] + ([f"{point['month']}月末前还要付"] if point["month"] in ahead else [])
    head += ["年末预计", "预计结余", "预计结余率", "至少调减", "全部结余", "自评执行得分", "问题"]
    rows = [head]
    for each in data["projects"]:
        row = [each["code"], each["name"], each["state_zh"], _text(each["budget"]), _text(each["paid"]), rate(each["progress"]), rate(each["pace"])]
        for stand in each["checkpoints"]:
            row.append(("预计 " if stand["ahead"] and stand["progress"] is not None else "") + rate(stand["progress"]))
            row += [stand["pay"]] if stand["month"] in ahead else []
        row += [_text(each["expected"]["amount"]), _text(each["surplus"]), rate(each["surplus_rate"]), _text(each["cut"]["least"]), _text(each["cut"]["whole"]),
                f"{each['points']['execution']}/{each['points']['weight']}" if each["points"]["execution"] is not None else "", "；".join(each["problems"])]  # fmt: skip
        rows.append(row)
    rows.append(_total_row(data, ahead))
    return rows


def _total_row(data: Data, ahead: set[int]) -> list[str]:
    """The department as a whole under its projects."""
    whole, least = data["department"], next((each for each in data["department"]["scenarios"] if each["id"] == "least"), None)
    row = ["", "部门合计", "", _text(whole["budget"]), _text(whole["paid"]), rate(whole["progress"]), ""]
    for stand in whole["checkpoints"]:
        row.append(("预计 " if stand["ahead"] and stand["progress"] is not None else "") + rate(stand["progress"]))
        row += [stand["pay"]] if stand["month"] in ahead else []
    return [*row, _text(whole["expected"]), "", "", _text(least["cut"] if least else None), "", "", ""]


def _department_rows(data: Data) -> list[list[str]]:
    whole = data["department"]
    rows = [["情形", "指标", "分值", "预计得分", "怎样算出"]]
    for scenario in whole["scenarios"]:
        name = scenario["zh"] if scenario["id"] == "as_is" else f"{scenario['zh']}（{scenario['cut']}{data['money_unit']}）"
        for item in scenario["items"]:
            rows.append([name, item["name"], item["weight"], _text(item["score"]), item["derivation"]])
        rows.append([name, "合计", scenario["full"], _text(scenario["points"]), ""])
    for stand, demand in zip(whole["checkpoints"], data["scheme"]["checkpoints"], strict=True):
        told = "预计" if stand["ahead"] else "实际"
        rows.append([f"{stand['month']}月末进度", f"{told} {rate(stand['progress'])}", demand["points"], "", f"要求 {rate(stand['target'])}，还要支付 {stand['pay']}" if stand["ahead"] else f"要求 {rate(stand['target'])}"])
    return rows


def _reckoning_rows(data: Data) -> list[list[str]]:
    rows = [["项目编码", "项目名称", "方法", "算式", "按时间进度推算（对照）"]]
    rows += [[each["code"], each["name"], each["expected"]["method_zh"], each["expected"]["derivation"], _text(each["expected"]["linear"])] for each in data["projects"]]
    rows += [["", "", "说明", note, ""] for note in data["notes"]]
    return rows
