"""Every branch of the narrative (增加、减少、持平、上年为零、没有上年数、只有一项来源、没有发生、超预算): written from books, read back the same, found right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gouji
from gouji.accounts.fictitious import Tables
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.content import content
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import Chart, Paragraph
from gouji.rendering.disclosure.formats import writer
from gouji.rendering.publish import publish
from gouji.standards import load

GENERAL, FUND, OWN = "一般公共预算财政拨款", "政府性基金预算财政拨款", "单位资金"
#: What last year's table calls the totals of this year.
TOTALS = {
    "收支总计": "grand_total", "本年收入合计": "income.total", "本年支出合计": "expenditure.total", "“三公”经费": "three_public.total", "因公出国（境）费": "three_public.abroad",
    "公务用车购置及运行维护费": "three_public.vehicle", "公务接待费": "three_public.reception", "机关运行经费": "operating_cost",
}  # fmt: skip


def last_year(tables: Tables, amount: Callable[[str], str]) -> None:
    tables["last_year"] = [row | {"amount": amount(row["amount"])} for row in tables["last_year"]]


def rise(tables: Tables) -> None:
    last_year(tables, lambda printed: f"{float(printed) / 2:.2f}")


def fall(tables: Tables) -> None:
    last_year(tables, lambda printed: f"{float(printed) * 2:.2f}")


def zero_base(tables: Tables) -> None:
    last_year(tables, lambda printed: "0.00")


def alone(tables: Tables) -> None:
    tables["last_year"] = []


def one_source(tables: Tables) -> None:
    for id in ("budget", "payments", "income", "balances"):
        tables[id] = [row for row in tables[id] if row.get("fund", GENERAL) == GENERAL and row.get("source", "财政拨款收入") == "财政拨款收入"]
    tables["last_year"] = []


def nothing_fiscal(tables: Tables) -> None:
    """Everything paid from the unit's own money: of each appropriation there is nothing to report."""
    for id in ("budget", "payments", "balances"):
        tables[id] = [row | {"fund": OWN} if "fund" in row else row for row in tables[id]]
    tables["income"] = [row | {"fund": OWN, "source": "其他收入" if row["source"] == "财政拨款收入" else row["source"]} for row in tables["income"]]
    tables["counts"] = [row | {"count": "0"} if row["item"] in ("公务用车保有量", "车辆") else row for row in tables["counts"]]
    tables["receptions"], tables["last_year"], tables["contracts"] = [], [], []
    for row in tables["payments"]:
        row.pop("procurement", None)
        row.pop("size", None)


def over(tables: Tables) -> None:
    for row in tables["budget"]:
        if "project" not in row and row["function"] == "2070101":
            row["amount"] = f"{float(row['amount']) / 2:.2f}"


CASES: dict[str, tuple[Callable[[Tables], None], tuple[str, ...], tuple[str, ...]]] = {
    "increase": (rise, ("收、支总计各增加", "增长", "机关运行经费支出"), ("上年度无此项",)),
    "decrease": (fall, ("收、支总计各减少", "下降"), ("上年度无此项",)),
    "zero base": (zero_base, ("收、支总计各增加", "上年度无此项，不计算增减比率"), ("增长100%", "增长0%")),
    "one year alone": (alone, ("收、支总计均为",), ("2022年度相比", "比2022年度", "较上年度")),
    "one source": (one_source, ("财政拨款收入", "占100%", "政府性基金预算财政拨款支出0万元"), ("其他收入0", "事业收入")),
    "nothing": (nothing_fiscal, ("一般公共预算财政拨款支出0万元", "共有车辆0辆", "政府采购支出总额0万元"), ("2070101", "人员经费")),
    "over the budget": (over, ("决算数大于预算数",), ()),
}  # fmt: skip


def compiled(change: Callable[[Tables], None], folder: Path) -> Dossier:
    tables = sample_books(200)
    change(tables)
    write_csv(tables, folder)
    return gouji.compile(folder)


def written(dossier: Dossier) -> str:
    standards = load(dossier.jurisdiction, dossier.year)
    disclosure = compose(dossier, standards)
    assert not [each for each in disclosure.missing if each.required]
    read = gouji.read(writer("txt")(disclosure, dossier, standards), name="公开稿.txt")
    difference = content(publish(dossier, standards)).difference(content(read))
    assert not difference, f"\n{difference}"
    wrong = [f"{finding.rule}：{finding.zh}" for finding in gouji.check(read).findings if finding.severity != "note"]
    assert not wrong, "\n".join(wrong)
    return "\n".join(block.text for block in disclosure.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("case", CASES)
def test_a_branch_is_written_read_back_and_found_right(case: str, tmp_path: Path) -> None:
    change, said, unsaid = CASES[case]
    text = written(compiled(change, tmp_path))
    assert [words for words in said if words not in text] == [], text[:3000]
    narrative = text.partition("1.财政拨款收入")[0]
    assert [words for words in unsaid if words in narrative] == []


def test_no_change_is_told_without_a_reason(tmp_path: Path) -> None:
    dossier = compiled(lambda tables: None, tmp_path)
    now = {key: next(f.figure.value for f in dossier.facts if f.concept == key and f.measure == "amount" and f.key.phase == "executed" and f.key.period == "2023"
                     and not f.key.dimensions) for key in TOTALS.values()}  # fmt: skip

    def level(tables: Tables) -> None:
        tables["last_year"] = [{"item": item, "amount": f"{now[key]:.2f}"} for item, key in TOTALS.items()]
        tables["texts"] = [row for row in tables["texts"] if not row["slot"].startswith("reason.") or row["slot"].startswith(("reason.item", "reason.three_public_completion"))]

    folder = tmp_path / "level"
    folder.mkdir()
    same = compiled(level, folder)
    assert not [each for each in compose(same, load("cn-sichuan", 2023)).missing if each.required]
    text = written(same)
    assert text.count("持平") >= 4
    assert "主要变动原因" not in text


def test_all_seven_figures_are_drawn_from_the_figures_of_the_sentences(tmp_path: Path) -> None:
    dossier = compiled(lambda tables: None, tmp_path)
    disclosure = compose(dossier, load("cn-sichuan", 2023))
    charts = [block for block in disclosure.blocks if isinstance(block, Chart)]
    assert [chart.kind for chart in charts] == ["column", "pie", "pie", "column", "column", "pie", "pie"]
    told = {run.fact for block in disclosure.blocks if isinstance(block, Paragraph) for run in block.runs if run.kind == "figure"}
    assert all(point.fact in told for chart in charts if chart.kind == "pie" for point in chart.points)


@pytest.mark.parametrize("slot", ["reason.total", "reason.item", "use.vehicle", "overview.duties"])
def test_what_nobody_wrote_is_reported_and_no_instruction_reaches_the_text(slot: str, tmp_path: Path) -> None:
    def without(tables: Tables) -> None:
        tables["texts"] = [row for row in tables["texts"] if not row["slot"].startswith(slot)]

    dossier = compiled(without, tmp_path)
    disclosure = compose(dossier, load("cn-sichuan", 2023))
    assert any(each.slot.startswith(slot) and each.required for each in disclosure.missing)
    with pytest.raises(gouji.DisclosureIncomplete):
        gouji.render(dossier, "txt")
    gaps = writer("txt")(disclosure, dossier, load("cn-sichuan", 2023)).decode()
    assert not [word for word in ("{", "}", "[", "]", "增加/减少", "增加|减少", "XX", "请填", "说明原因", "……", "text:") if word in gaps]
