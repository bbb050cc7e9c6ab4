"""A secret project (涉密) is open to its own unit and to who was named for it above; to all others it has no name, on any page, in any file."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gouji.web.final_accounts.contents import content, dossier_of_account
from gouji.web.flow import move
from gouji.web.people.models import Person, Role
from gouji.web.performance.draws import Sampled
from gouji.web.performance.models import Adjustment, Evidence, ExAnte, Indicator, Monitoring, Project
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Refused, recording
from gouji.web.trail.verify import broken_links
from web.accounts import tables, with_dossier
from web.addresses import FRAMEWORK, OPEN, addresses
from web.test_final_accounts import begun
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")
NAME, CODE, WORDS = "密级工程甲", "51090023T000000000777", "不宜外传的目标"
ABOVE = (Role.SUPERVISOR, Role.REVIEWER, Role.APPROVER)


def opened(person: Person) -> Client:
    made = Client()
    made.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return made


def secret(tree: Tree, state: str = "approved") -> Project:
    """A secret project with everything that belongs to one; one indicator was deleted."""
    with recording(tree.persons["preparer"] if state == "draft" else None, WORDS, moving=True):
        row = Project(unit=tree.unit, year=2023, code=CODE, name=NAME, confidential=True, budget_initial=Decimal(77), goal=WORDS, state=state)
        row.save()
        gone = Indicator(project=row, order=1, level1="产出指标", level2="数量指标", name=f"{NAME}删去的", target="1", weight=Decimal(1))
        gone.save()
        gone.delete()
        kept = Indicator(project=row, level1="产出指标", level2="数量指标", name=f"{NAME}指标", target="1", weight=Decimal(90))
        kept.save()
        Monitoring(project=row, month=6, executed=Decimal(7), reason=WORDS).save()
        Adjustment(project=row, indicator=kept, target="2", budget=Decimal(70), reason=WORDS, state="asked").save()
        Evidence(project=row, indicator=kept, name=f"{NAME}.pdf", sha256="0" * 64, size=1).save()
        if state != "draft":
            Sampled(project=row, reason=WORDS).save()
        ExAnte(project=row, held="2022-08-01", held_by=WORDS, necessity="yes", economy="yes", goals="yes", plan="yes", funding="yes", conclusion="support").save()
    return Project.objects.select_related("unit").get(pk=row.pk)


def named(tree: Tree, role: str) -> Person:
    """The person of a role, entered by the administrator among those who may know."""
    person = tree.persons[role]
    with recording(tree.persons["administrator"], "列入知悉范围"):
        person.knows_secrets = True
        person.save()
    return person


def told(client: Client, path: str) -> str:
    answer = client.get(path)
    if answer.status_code != 200:
        return ""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    if "spreadsheet" in answer.headers["Content-Type"]:
        return str([[cell.value for cell in line] for sheet in openpyxl.load_workbook(io.BytesIO(body)) for line in sheet])
    return body.decode(errors="replace")


def pages(row: Project) -> list[str]:
    """Every address of the workspace; those of projects and of changes with the records of the project in their place."""
    parts = [*(each for name in ("indicators", "monitorings", "adjustments", "evidence") for each in getattr(row, name).all()), row.ex_ante_record]
    gone = Change.objects.filter(action="删除").values_list("subject", "subject_id").first()
    assert gone is not None
    records = [(each._meta.label_lower, each.pk) for each in (row, *parts)] + [gone]
    found = []
    for each in (each for each in addresses() if each.name not in FRAMEWORK | OPEN):
        if each.path.startswith("/changes/") and "/x/" in each.path:
            found += [f"/changes/{subject}/{id}" for subject, id in records]
        elif each.path.startswith("/projects/"):
            own = records if any(word in each.path for word in ("/adjustments/0", "/evidence/0", "/ex-ante/0")) else records[:1]
            found += [each.path.replace("00000000-0000-0000-0000-000000000007", str(id)) for _, id in own]
        else:
            found.append(each.path)
    return [*found, f"/projects/?q={NAME}", f"/projects/?q={CODE}", f"/changes/?q={NAME}", f"/changes/?q={WORDS}", "/changes/?q=指标", "/projects/watch?year=2023", "/projects/sampling?year=2023", "/projects/sampling.xlsx?year=2023"]


@pytest.mark.parametrize("role", [*ABOVE, Role.ADMINISTRATOR, "stranger"])
def test_who_was_not_named_reads_neither_name_nor_words_on_any_page(role: str) -> None:
    tree = grow()
    row = secret(tree)
    client = opened(tree.stranger if role == "stranger" else tree.persons[role])
    for path in pages(row):
        page = told(client, path)
        for typed in (NAME, CODE, WORDS):  # what somebody has typed into the search box stands in it, and in the links that keep the search
            page = page.replace(f'value="{typed}"', "").replace(f"?q={typed}", "")
        assert not any(word in page for word in (NAME, CODE, WORDS)), (role, path)
    assert client.get(f"/projects/{row.pk}").status_code in (403, 404)
    if role in ABOVE:
        listed = told(client, "/projects/")
        assert "（涉密项目）" in listed
        assert "77.00" in listed
        assert "共 0 个" in told(client, f"/projects/?q={NAME}")
        assert "（涉密项目）" in told(client, "/projects/watch?year=2023")
        assert "（涉密项目）" in told(client, "/projects/adjustments")
    if role != "stranger":
        assert "（涉密项目）" in told(client, "/changes/")


@pytest.mark.parametrize("role", [Role.PREPARER, Role.HEAD, *ABOVE])
def test_the_unit_and_who_was_named_see_and_handle_it(role: str) -> None:
    tree = grow()
    row = secret(tree)
    client = opened(tree.persons[role] if role in (Role.PREPARER, Role.HEAD) else named(tree, role))
    assert NAME in told(client, "/projects/")
    assert WORDS in told(client, f"/projects/{row.pk}")
    assert NAME in told(client, f"/changes/?q={NAME}").split("<ol", 1)[1]
    assert client.get(f"/changes/performance.project/{row.pk}").status_code == 200


@pytest.mark.parametrize("role", [Role.PREPARER, Role.HEAD, *ABOVE])
def test_no_file_that_leaves_the_desk_names_it_whoever_asks(role: str) -> None:
    tree = grow()
    row = secret(tree, "closed")
    client = opened(tree.persons[role] if role in (Role.PREPARER, Role.HEAD) else named(tree, role))
    exported = told(client, "/projects/register.xlsx")
    assert "（涉密项目）" in exported
    assert NAME not in exported
    assert CODE not in exported
    assert client.get(f"/projects/{row.pk}/form.docx").status_code == 403


@pytest.mark.parametrize(("role", "step", "state"), [("supervisor", "forward", "target_department"), ("approver", "approve", "target_bureau"), ("reviewer", "return_bureau", "target_bureau")])
def test_who_was_not_named_takes_no_step_and_nothing_waits_for_them(role: str, step: str, state: str) -> None:
    tree = grow()
    row = secret(tree, state)
    person = tree.persons[role]
    assert row.steps_for(person) == []
    with pytest.raises(Refused):
        move(row, step, person, "理由")
    assert opened(person).post(f"/projects/{row.pk}/step", {"step": step, "remark": "x"}).status_code == 404
    assert "个项目待" not in told(opened(person), "/")
    move(row, step, named(tree, role), "理由")
    assert Project.objects.get().state != state


def test_only_the_administrator_names_persons_and_never_one_of_their_own() -> None:
    tree = grow()
    reviewer, administrator = tree.persons["reviewer"], opened(tree.persons["administrator"])
    given = {"username": "reviewer", "name": "审核", "role": "reviewer", "organisation": str(tree.division.pk), "knows_secrets": "on", "is_active": "on"}
    assert opened(reviewer).post(f"/people/persons/{reviewer.pk}", given).status_code == 403
    assert administrator.post(f"/people/persons/{reviewer.pk}", given).status_code == 302
    assert Person.objects.get(pk=reviewer.pk).sees_secrets
    own = tree.persons["administrator"]
    refused = administrator.post(f"/people/persons/{own.pk}", {**given, "username": "administrator", "role": "administrator", "organisation": ""})
    assert "不列入知悉范围" in refused.content.decode()
    assert "涉密项目知悉范围" in told(administrator, "/people/persons")
    own.knows_secrets = True
    assert not own.sees_secrets, "an administrator keeps the server and sees no business data"


def test_what_was_open_before_is_closed_with_the_mark_and_the_record_still_holds() -> None:
    tree = grow()
    with recording(tree.persons["preparer"]):
        row = Project(unit=tree.unit, year=2023, name=NAME, budget_initial=Decimal(1))
        row.save()
    reviewer = opened(tree.persons["reviewer"])
    assert NAME in told(reviewer, "/changes/")
    with recording(tree.persons["preparer"]):
        row.confidential = True
        row.save()
    assert NAME not in told(reviewer, "/changes/")
    assert list(broken_links()) == []
    assert Change.objects.filter(secret=True).count() == 1


def test_an_account_leaves_a_secret_project_of_the_register_out_of_what_it_publishes() -> None:
    tree = grow()
    account = with_dossier(begun(tree))
    project = tables()["projects"][0]
    shown = "".join(told(opened(tree.persons["preparer"]), f"/accounts/{account.pk}/{part}") for part in ("statements/9", "narrative"))
    assert project["name"] in shown
    before = content(account)
    with recording(None):
        Project(unit=tree.unit, year=2023, code=project["code"], name=project["name"], confidential=True).save()
    assert content(account) != before, "files that were made before are no longer of the account as it is"
    import gouji

    dossier = dossier_of_account(account)
    assert dossier is not None
    assert project["name"] not in gouji.render(dossier, "txt", gaps=True).decode()
    reviewer, fact = opened(tree.persons["reviewer"]), next(each for each in dossier.facts if dict(each.key.dimensions).get("project") == project["code"])
    assert reviewer.get(f"/accounts/{account.pk}/figures/{fact.id}").status_code == 404
    assert opened(tree.persons["preparer"]).get(f"/accounts/{account.pk}/figures/{fact.id}").status_code == 200
    for part in ("statements/9", "narrative", "check", "evaluation", ""):
        assert project["name"] not in told(reviewer, f"/accounts/{account.pk}/{part}".rstrip("/")), part


def test_a_file_of_a_secret_project_opens_to_nobody_else() -> None:
    tree = grow()
    row = secret(tree, "evaluation")
    answer = opened(tree.persons["preparer"]).post(f"/projects/{row.pk}/evidence", {"file": SimpleUploadedFile("台账.txt", b"x"), "indicator": ""})
    assert answer.status_code == 302
    kept = row.evidence.get(name="台账.txt")
    assert opened(tree.persons["preparer"]).get(f"/projects/evidence/{kept.pk}").status_code == 200
    assert opened(tree.persons["reviewer"]).get(f"/projects/evidence/{kept.pk}").status_code == 404
