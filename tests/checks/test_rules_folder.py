"""A folder with a department's disclosure and those of its units."""

from __future__ import annotations

from checks.outline_build import build, standards
from gouji.checks.folder import judge_folder, named_units, recognise_folder
from gouji.model.dossier import Dossier

OVERVIEW = "云岭市林泉区文化和旅游局下属二级预算单位2个，主要包括：云岭市林泉区文化馆、云岭市林泉区图书馆。"


def department(total: str = "100.00万元") -> Dossier:
    lines = ["@overview", OVERVIEW, "@narrative", f"本年支出合计{total}。"]
    return build(lines, {"facts": [{"concept": "expenditure.total", "figure": total}]})


def unit(name: str, total: str) -> Dossier:
    return build([f"本年支出合计{total}。"], {"kind": "unit", "unit": name, "facts": [{"concept": "expenditure.total", "figure": total}]})


OFFICE = unit("云岭市林泉区文化和旅游局（本级）", "70.00万元")
HALL, LIBRARY = unit("云岭市林泉区文化馆", "20.00万元"), unit("林泉区图书馆", "10.00万元")


def test_the_department_names_its_units() -> None:
    assert [name for name, _ in named_units(department())] == ["云岭市林泉区文化馆", "云岭市林泉区图书馆"]


def test_a_complete_folder_whose_sums_agree_has_no_finding() -> None:
    dossiers = [HALL, department(), LIBRARY, OFFICE]
    [folder] = recognise_folder(dossiers)
    assert (folder.department, set(folder.units), folder.missing) == (1, {0, 2, 3}, ())
    assert judge_folder(dossiers, standards()) == {1: []}


def test_a_unit_that_is_not_there_is_named() -> None:
    findings = judge_folder([department(), HALL, OFFICE], standards())[0]
    assert [f.rule for f in findings] == ["folder-members"]
    assert "图书馆" in findings[0].zh


def test_units_that_spend_less_than_the_department_says_are_reported() -> None:
    findings = judge_folder([department("110.00万元"), HALL, LIBRARY, OFFICE], standards())[0]
    assert [(f.rule, f.severity) for f in findings] == [("folder-sum", "warning")]
    assert "少10.00万元" in findings[0].zh


def test_units_that_spend_more_may_be_internal_transfers() -> None:
    findings = judge_folder([department("95.00万元"), HALL, LIBRARY, OFFICE], standards())[0]
    assert [(f.rule, f.severity) for f in findings] == [("folder-sum", "note")]


def test_unrelated_documents_are_no_folder() -> None:
    assert recognise_folder([department(), unit("青岩市水务局", "1.00万元")]) == ()
