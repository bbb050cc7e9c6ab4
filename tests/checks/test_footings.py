"""The relations inside, across and between the statements: all hold in a ledger's statements, one changed cell is found and named."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

import gouji
from extraction.statements.ledger import ledger
from extraction.statements.printed import as_html, print_statement
from gouji.checks.arithmetic import judge_figures
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from gouji.standards import load

STANDARDS = load("cn-sichuan", 2023)
FUNDS = ("general_budget", "government_fund", "state_capital")
_CELL = re.compile(r"<td[^>]*>(\d+\.\d\d)</td>")


def page(seed: int = 2, ids: tuple[str, ...] = (), more: str = "") -> str:
    book = ledger(seed, funds=FUNDS)
    printed = [print_statement(layout, STANDARDS, book) for layout in STANDARDS.statements if not ids or layout.id in ids]
    return as_html(printed).decode().replace("</body>", more + "</body>")


def read(html: str) -> Dossier:
    return read_dossier(read_document(html.encode(), name="决算.html"))[0]


def grave(dossier: Dossier) -> list[Finding]:
    return [finding for finding in judge_figures(dossier, STANDARDS)[0] if finding.severity != "note"]


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_statements_of_a_ledger_have_no_findings_but_one_note_on_rounding(seed: int) -> None:
    findings = gouji.check(read(page(seed))).findings
    assert {finding.severity for finding in findings} <= {"note"}
    assert len([finding for finding in findings if finding.rounding]) <= 1


def test_one_changed_digit_is_one_finding_that_names_the_cell() -> None:
    html = page()
    cells = list(_CELL.finditer(html))
    draw = random.Random(11)
    named = 0
    for _ in range(40):
        cell = draw.choice(cells)
        text = cell.group(1)
        at = draw.choice([i for i, char in enumerate(text[:-1]) if char.isdigit()])
        wrong = text[:at] + str((int(text[at]) + draw.randint(1, 9)) % 10) + text[at + 1 :]
        dossier = read(html[: cell.start(1)] + wrong + html[cell.end(1) :])
        found = grave(dossier)
        assert len(found) == 1, (text, wrong, [finding.zh for finding in found])
        first = found[0].suspects[0]
        named += dossier.facts[first.fact].figure.printed == wrong and first.expected.removesuffix("万元") == text
    assert named >= 38  # a project among its item's projects has no second relation


def change(old: str, new: str, nth: int = 0) -> Callable[[str], str]:
    """A change of the ``nth`` place where a row reads so (``甲|1.00``)."""
    def made(html: str) -> str:
        places = [match.span() for match in re.finditer("".join(f"<td[^>]*>{re.escape(piece)}</td>" for piece in old.split("|")), html)]
        start, end = places[nth]
        row = html[start:end]
        for before, after in zip(old.split("|"), new.split("|"), strict=True):
            if before != after:
                row = row.replace(f">{before}</td>", f">{after}</td>", 1)
        return html[:start] + row + html[end:]

    return made


SMALL = """<h1>泸县数据服务中心2023年度部门决算</h1>{}"""


def table(title: str, *lines: str) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{piece}</td>" for piece in line.split("|")) + "</tr>" for line in lines)
    return f"<p>{title}</p><p>金额单位：万元</p><table>{rows}</table>"


EXPENDITURE = "科目编码|科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出"
GENERAL = "科目编码|科目名称|合计|基本支出|项目支出"
FUND = "科目编码|科目名称|年初结转和结余|本年收入|本年支出 / 小计|本年支出 / 基本支出|本年支出 / 项目支出|年末结转和结余"
BASIC = "科目编码|科目名称|决算数"
T3 = table("支出决算表", EXPENDITURE, "|合计|10.00|6.00|4.00|||", "201|一般公共服务支出|10.00|6.00|4.00|||", "20103|政府办公厅（室）及相关机构事务|10.00|6.00|4.00|||")
T6 = table("一般公共预算财政拨款支出决算表", GENERAL, "|合计|9.00|6.00|3.00", "201|一般公共服务支出|9.00|6.00|3.00")
T8 = table("一般公共预算财政拨款基本支出决算表", BASIC, "301|工资福利支出|4.00", "30101|基本工资|4.00", "|人员经费合计|4.00", "302|商品和服务支出|2.00", "30201|办公费|1.80", "30217|公务接待费|0.20", "|公用经费合计|2.00")
T10 = table("政府性基金预算财政拨款收入支出决算表", FUND, "|合计|1.00|3.00|2.50||2.50|1.50", "212|城乡社区支出|1.00|3.00|2.50||2.50|1.50")
T13 = table("财政拨款“三公”经费支出决算表", "决算数 / 合计|决算数 / 因公出国（境）费|决算数 / 公务用车购置及运行维护费 / 小计|决算数 / 公务接待费", "0.30|||0.30")

#: relation of DOMAIN §D3 → a document that keeps it, a change that breaks it, a word of the finding
CASES = [
    ("R9-row", T3, ("201|一般公共服务支出|10.00|6.00|4.00|||", "201|一般公共服务支出|10.00|6.00|3.00|||"), "4.00"),
    ("R9-hierarchy", T3, ("20103|政府办公厅（室）及相关机构事务|10.00", "20103|政府办公厅（室）及相关机构事务|10.50"), "10.00"),
    ("R15-agreement", T6 + "<h2>五、一般公共预算财政拨款支出决算情况说明</h2><p>2023年度一般公共预算财政拨款支出9.00万元。</p>", ("|合计|9.00|6.00|3.00", "|合计|9.60|6.00|3.00"), "9.60"),
    ("R16-row", T6, ("201|一般公共服务支出|9.00|6.00|3.00", "201|一般公共服务支出|9.00|6.00|2.00"), "3.00"),
    ("R16-bound", T3 + table("一般公共预算财政拨款支出决算表", GENERAL, "201|一般公共服务支出|9.00|6.00|3.00"),
     ("201|一般公共服务支出|9.00|6.00|3.00", "201|一般公共服务支出|9.00|4.50|4.50"), "4.50"),
    ("R17", T6 + T8, ("|公用经费合计|2.00", "|公用经费合计|3.00"), "2.00"),
    ("R20-class", T8, ("30201|办公费|1.80", "30201|办公费|1.30"), "1.80"),
    ("R20-total", T8, ("|人员经费合计|4.00", "|人员经费合计|4.40"), "4.00"),
    ("R22", T10, ("212|城乡社区支出|1.00|3.00|2.50||2.50|1.50", "212|城乡社区支出|1.00|3.00|2.50||2.50|2.50"), "1.50"),
    ("R22-nature", T10, ("212|城乡社区支出|1.00|3.00|2.50||2.50|1.50", "212|城乡社区支出|1.00|3.00|2.50||1.50|1.50"), "2.50"),
    ("R23", T13, ("0.30|||0.30", "0.80|||0.30"), "0.30"),
    ("R24", T8 + T13, ("0.30|||0.30", "0.10|||0.10"), "0.20"),
]


@pytest.mark.parametrize(("document", "change_to", "word"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_relation_is_kept_and_broken(document: str, change_to: tuple[str, str], word: str) -> None:
    assert not grave(read(SMALL.format(document)))
    found = grave(read(change(*change_to)(SMALL.format(document))))
    assert len(found) == 1
    assert any(word in text for text in (found[0].zh, found[0].expected, found[0].found))


def test_a_blank_cell_beside_a_sum_is_nothing() -> None:
    """合计 10 with 基本 6 and all else blank: something is missing."""
    assert grave(read(SMALL.format(table("支出决算表", EXPENDITURE, "201|一般公共服务支出|10.00|6.00||||"))))


def test_a_column_that_is_not_printed_may_hold_the_rest() -> None:
    assert not grave(read(SMALL.format(table("支出决算表", "科目编码|科目名称|本年支出合计|基本支出", "201|一般公共服务支出|10.00|6.00"))))


def test_a_line_that_is_missing_in_several_columns_is_a_warning() -> None:
    document = table("支出决算表", EXPENDITURE, "|合计|10.00|6.00|4.00|||", "201|一般公共服务支出|7.00|4.00|3.00|||")
    assert {finding.severity for finding in grave(read(SMALL.format(document)))} == {"warning"}


def test_one_unit_of_the_last_digit_between_two_statements_is_a_note() -> None:
    dossier = read(SMALL.format(T3 + table("收入支出决算总表", "收入 / 项目|收入 / 决算数|支出 / 项目|支出 / 决算数", "八、其他收入|10.01|一、一般公共服务支出|10.01")))
    (finding,) = [each for each in judge_figures(dossier, STANDARDS)[0] if each.rule == "agreement"]
    assert finding.severity == "note"
    assert "尾数" in finding.zh
