"""Forms written as a workbook, a Word file, a web page, a ruled page, a text or torn fragments read back to the same record, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.tilings import Tile
from extraction.forms.printed import WAYS, reading
from gouji.extraction.filled import tasks_of
from gouji.model.records import Entry, Project
from gouji.rendering.forms_grid import Form
from gouji.rendering.forms_layouts import LAYOUT_OF, PARTS, blank_project, form_of
from gouji.rendering.forms_page import forms_page
from gouji.rendering.forms_scheme import scheme_form, unweighted
from gouji.rendering.forms_word import forms_word
from gouji.rendering.forms_workbook import forms_workbook
from gouji.standards.schemes import schemes
from rendering.form_records import NIGHT, for_layout, funding, plain, projects


def tiles_of(forms: Sequence[Form]) -> list[Tile]:
    """The forms one below the other as tiles: the title, the lines under it, the boxes."""
    tiles: list[Tile] = []
    top = 0
    for form in forms:
        wide = len(form.widths)
        for line in (form.title, *form.under):
            tiles.append((top, 0, 1, wide, line))
            top += 1
        tiles += [(top + box.row, box.column, box.rows, box.columns, box.text) for box in form.boxes]
        top += form.height
    return tiles


def printed_as(way: str) -> Callable[[Sequence[Form]], bytes]:
    """The grid of the forms as a ruled page, or as a text that was taken off one."""
    return lambda forms: WAYS[way](tiles_of(forms))


WRITERS: dict[str, Callable[[Sequence[Form]], bytes]] = {
    "xlsx": forms_workbook, "docx": forms_word, "html": lambda forms: forms_page(forms).encode(), "pdf": printed_as("pdf"), "txt": printed_as("cells"),
}  # fmt: skip
LAYOUTS = ("cn-sichuan", "cn", "overall")


@pytest.mark.parametrize("way", sorted(WRITERS))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_reads_back(layout: str, way: str) -> None:
    project = for_layout(NIGHT, layout)
    read, _ = reading(WRITERS[way]([form_of(project, layout, 2024)]), f"自评表.{way}")  # type: ignore[arg-type]
    assert [plain(each, layout) for each in read.projects] == [plain(project, layout)]
    assert [LAYOUT_OF[each.layout] for each in read.projects] == [layout]
    assert not read.doubts
    assert not read.evaluations


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projects(), st.sampled_from(LAYOUTS), st.sampled_from(sorted(WRITERS)))
def test_random_forms_read_back(project: Project, layout: str, way: str) -> None:
    project = for_layout(project, layout)
    read, _ = reading(WRITERS[way]([form_of(project, layout, 2024)]), f"自评表.{way}")  # type: ignore[arg-type]
    assert [plain(each, layout) for each in read.projects] == [plain(project, layout)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(projects(), min_size=2, max_size=4), st.sampled_from(sorted(WRITERS)))
def test_several_forms_stay_apart(several: list[Project], way: str) -> None:
    several = [replace(each, name=Entry(f"{each.name.text}第{at}期")) for at, each in enumerate(several, 1)]
    read, _ = reading(WRITERS[way]([form_of(each, "cn-sichuan", 2024) for each in several]))
    assert [plain(each, "cn-sichuan") for each in read.projects] == [plain(each, "cn-sichuan") for each in several]


def printed_whole(project: Project) -> Project:
    """The record with nothing left blank that torn text would not print, and goals of one sentence."""
    filled = tuple(
        replace(row, **{name: getattr(row, name) if getattr(row, name).text else Entry("0.00") for name in ("budget_initial", "budget_adjusted", "executed")})
        for row in project.funding
    )
    return replace(project, funding=filled, goal=Entry("修好戏台，按期开放。"), result=Entry("戏台修好，已经开放。"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projects())
def test_a_form_torn_to_fragments_reads_back(project: Project) -> None:
    """Blank cells leave nothing behind: where every amount is printed, the whole record comes back."""
    project = printed_whole(project)
    read, _ = reading(printed_as("torn")([form_of(project, "cn-sichuan", 2024)]))
    assert [plain(each, "cn-sichuan") for each in read.projects] == [plain(project, "cn-sichuan")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projects(), st.sampled_from(["cn-sichuan", "cn"]))
def test_nothing_is_invented_where_a_torn_form_leaves_cells_out(project: Project, layout: str) -> None:
    """A cell is what was printed, or open, or carries its doubt; it is never another cell's."""
    project = for_layout(project, layout)
    read, _ = reading(printed_as("torn")([form_of(project, layout, 2024)]))  # type: ignore[arg-type]
    (again,) = read.projects
    assert len(again.indicators) == len(project.indicators)
    for where, wanted, got in pairs(project, again):
        if got.text and not got.doubt and not (layout == "cn" and where.endswith("operator")):
            assert "".join(got.text.split()) == "".join((wanted.text or "").split()), where


def pairs(project: Project, again: Project) -> Iterator[tuple[str, Entry, Entry]]:
    """The entries of two records side by side."""
    for name in ("code", "name", "authority", "unit", "goal", "result", "total_weight", "total_score", "problems", "measures", "manager", "finance"):
        yield name, getattr(project, name), getattr(again, name)
    for row, other in zip(project.funding, again.funding, strict=True):
        for name in ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score"):
            yield f"{row.part} {name}", getattr(row, name), getattr(other, name)
    for at, (one, two) in enumerate(zip(project.indicators, again.indicators, strict=True)):
        yield f"{at} name", Entry(one.name), Entry(two.name)
        for name in ("operator", "target", "unit", "actual", "weight", "score", "reason"):
            yield f"{at} {name}", getattr(one, name), getattr(two, name)


@pytest.mark.parametrize("way", sorted(WRITERS))
def test_the_main_tasks_of_the_overall_form_come_back(way: str) -> None:
    tasks = [("夜间开放", "做好全年夜间开放，\n保障安全"), ("讲座", "办好周末讲座")]
    project = for_layout(NIGHT, "overall")
    read, document = reading(WRITERS[way]([form_of(project, "overall", 2024, tasks)]))
    assert [plain(each, "overall") for each in read.projects] == [plain(project, "overall")]
    assert [(task.name.text, task.content.text) for task in read.projects[0].tasks] == [(name, "".join(content.split())) for name, content in tasks]
    if way not in ("pdf", "txt"):  # line breaks of a cell
        assert tasks_of(read.projects[0], document) == tasks


@pytest.mark.parametrize("way", sorted(WRITERS))
def test_a_department_that_states_its_execution_keeps_it(way: str) -> None:
    project = for_layout(NIGHT, "overall")
    rows = (funding("", "100.00", "90.00", "81.00", "90.00%"), funding("财政拨款", "80.00", "70.00", "61.00", "87.14%"))
    project = replace(project, funding=rows)
    read, _ = reading(WRITERS[way]([form_of(project, "overall", 2024)]))
    assert [plain(each, "overall") for each in read.projects] == [plain(project, "overall")]


def test_what_the_ministrys_layout_has_no_field_for_is_not_lost() -> None:
    read, _ = reading(forms_workbook([form_of(NIGHT, "cn", 2024)]))
    again = plain(read.projects[0], "cn")["fields"]
    assert again == plain(NIGHT, "cn")["fields"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("apart", [True, False])
def test_the_boxes_cover_the_table_without_gap_or_overlap(layout: str, apart: bool) -> None:
    project = blank_project(layout) if apart else for_layout(NIGHT, layout)  # type: ignore[arg-type]
    covers_once(form_of(project, layout, 2024, [("一", "二")] if layout == "overall" else (), apart))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", [each for each in schemes() if each.kind != "project"], ids=lambda each: each.id)
@pytest.mark.parametrize("closed", [True, False])
def test_the_boxes_of_a_scheme_cover_the_table(scheme, closed: bool) -> None:  # type: ignore[no-untyped-def]
    covers_once(scheme_form(scheme, {}, {}, {}, "林泉区图书馆", 2023, "", unweighted(scheme) if closed else frozenset()))


def covers_once(form: Form) -> None:
    """Every place of the table belongs to exactly one box."""
    places = [(row, column) for box in form.boxes for row in range(box.row, box.row + box.rows) for column in range(box.column, box.column + box.columns)]
    assert len(places) == len(set(places))
    assert set(places) == {(row, column) for row in range(form.height) for column in range(len(form.widths))}
    assert len(form.by_key()) == len([box for box in form.boxes if box.key])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_official_rows_of_money_are_there(layout: str) -> None:
    assert tuple(row.part for row in blank_project(layout).funding) == PARTS[layout]  # type: ignore[arg-type]


@pytest.mark.parametrize("way", sorted(WRITERS))
def test_the_same_forms_give_the_same_bytes(way: str) -> None:
    forms = [form_of(for_layout(NIGHT, layout), layout, 2024) for layout in LAYOUTS]  # type: ignore[arg-type]
    assert WRITERS[way](forms) == WRITERS[way](forms)
