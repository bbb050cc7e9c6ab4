"""The department's evaluation in the annex: printed where its score is complete, read back by every format, else reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.content import content
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import FormBlock
from gouji.rendering.disclosure.evaluation import leaves
from gouji.rendering.publish import publish
from gouji.standards import load
from rendering.disclosure.writers import WRITERS

PLACE = "cn-sichuan-suining"
#: What the books do not know.
ENTERED = (
    ("目标制定", "complete", "4"), ("目标制定", "quantified", "4"), ("目标制定", "collective", "是"), ("及时处置", "部门绩效监控调整取消额", "0"),
    ("及时处置", "预算结余注销额", "0"), ("违规记录", "违纪违规问题个数", "1"), ("预算挂钩", "mechanism", "6"), ("自评公开", "published", "4"),
    ("结果整改", "未整改的问题处数", "0"), ("应用反馈", "in_time", "是"),
)  # fmt: skip


def evaluated(folder: Path, entered: tuple[tuple[str, str, str], ...]) -> Dossier:
    tables = sample_books()
    tables["evaluation"] = [{"item": item, "input": data, "value": value} for item, data, value in entered]
    write_csv(tables, folder)
    return replace(gouji.compile(folder, jurisdiction=PLACE), unit="遂宁市林泉区文化和旅游局")  # a place tells the reader which standards apply


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return evaluated(tmp_path_factory.mktemp("books"), ENTERED)


def tables_of(dossier: Dossier) -> list[FormBlock]:
    blocks = compose(dossier, load(PLACE, 2023)).blocks
    return [block for block in blocks if isinstance(block, FormBlock) and block.record == "evaluation"]


@pytest.mark.parametrize("to", WRITERS)
def test_the_table_of_scores_is_read_back_and_found_right(dossier: Dossier, to: str) -> None:
    standards = load(PLACE, 2023)
    read = gouji.read(WRITERS[to](compose(dossier, standards), dossier, standards), name=f"公开稿.{to}")
    difference = content(publish(dossier, standards)).difference(content(read))
    assert not difference, f"\n{difference}"
    assert [each.scheme for each in read.evaluations] == [f"{PLACE}/department-2023"]
    wrong = [f"{finding.rule}：{finding.zh}" for finding in gouji.check(read).findings if finding.severity != "note"]
    assert not wrong, "\n".join(wrong)


def test_every_item_stands_with_its_points_score_and_what_it_rests_on(dossier: Dossier) -> None:
    (block,) = tables_of(dossier)
    (evaluation,) = dossier.evaluations
    by_row: dict[int, list[str]] = {}
    for box in block.form.boxes:
        by_row.setdefault(box.row, []).append(box.text)
    lines = list(by_row.values())
    assert len(lines) == len(leaves(evaluation)) + 2
    assert lines[0][-3:] == ["权重", "得分", "扣分原因及依据"]
    assert any(line[-4:] == ["目标完成", "15", "10.91", "8 ÷ 11 × 15 = 10.91"] for line in lines)
    assert lines[-1][:3] == ["合计", "90", evaluation.total.text]


def test_half_a_score_is_not_printed_and_is_reported(tmp_path: Path) -> None:
    dossier = evaluated(tmp_path, ENTERED[:-1])
    assert dossier.evaluations
    assert not tables_of(dossier)
    assert any(each.slot == "evaluation" and not each.required for each in compose(dossier, load(PLACE, 2023)).missing)
    assert not publish(dossier, load(PLACE, 2023)).evaluations


def test_shanghai_s_annex_begins_with_the_report_of_the_whole(tmp_path: Path) -> None:
    write_csv(sample_books(), tmp_path)
    dossier = gouji.compile(tmp_path, jurisdiction="cn-shanghai")
    disclosure = compose(dossier, load("cn-shanghai", 2023))
    roles = [heading.role for heading in disclosure.headings(9)]
    assert roles.index("report") == roles.index("part.annex") + 1
    assert "report.conclusion.result" in roles
