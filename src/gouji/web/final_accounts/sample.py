"""The demonstration's final accounts: a department's draft with problems, one unit's in review, one approved and late in being published. All fictitious.

Nothing is compiled while the server starts: the rows are made at once, a job brings in the books when the worker is up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from gouji.web.final_accounts.checking import ask_check
from gouji.web.final_accounts.contents import keep_bytes, keep_dossier, keep_json
from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import AuditFinding, Deadline, FinalAccount, Import, Passage
from gouji.web.final_accounts.outputs import ask_outputs
from gouji.web.people.models import Organisation, Person
from gouji.web.trail.recording import recording
from gouji.web.work.registry import Report, enqueue, job

_YEAR = 2023
_WHY = "装入演示数据"
#: subject, preparing unit, the steps that have been taken
_ACCOUNTS = (
    ("207", "207001", ()), ("207001", "207001", ("submit", "sign", "forward")),
    ("207002", "207002", ("submit", "sign", "forward", "pass", "approve")),
)  # fmt: skip
#: What is wrong with the draft: an instruction of the template left standing, a reason that is not given.
_SLIPS = (("reason.total", "乡村文化振兴示范点等项目在本年实施（请根据实际情况填写）"), ("reason.reception", ""))


def fill(units: dict[str, Organisation], persons: dict[str, Person]) -> None:
    """Three accounts at their stages, the year's deadlines, and the job that brings in the books."""
    today = timezone.localdate()
    with recording(None, _WHY):
        division = next(each for each in units.values() if each.level == Organisation.Level.DIVISION)
        for stage, days in ((Deadline.Stage.SUBMIT, -20), (Deadline.Stage.FORWARD, -5), (Deadline.Stage.APPROVE, 60)):
            Deadline(division=division, year=_YEAR, stage=stage, due=today + timedelta(days)).save()
    made = []
    for subject, unit, steps in _ACCOUNTS:
        row = FinalAccount(unit=units[unit], subject=units[subject], year=_YEAR)
        with recording(None, _WHY):
            row.save()
        for step in (ACCOUNT.step(name) for name in steps):
            with recording(None, _WHY, action=step.title, moving=True):
                row.state = step.target
                if step.name == "approve":
                    row.approved_on, row.approval_number = today - timedelta(35), "林财决〔2024〕12号"
                row.save()
        made.append(row)
    with recording(None, _WHY):
        AuditFinding(
            account=made[0], source="林泉区审计局", problem="部分项目支付进度偏慢，年末集中支付。", measures="已按月通报支付进度。", rectified=AuditFinding.Rectified.UNDERWAY
        ).save()
    enqueue("accounts-demo", "装入演示账套", None, accounts=[str(row.pk) for row in made])


@job("accounts-demo")
def bring_in_books(report: Report, accounts: list[str]) -> dict[str, Any]:
    """The sample books for each account, compiled; the draft gets its slips."""
    from gouji.accounts.sample import sample_books
    from gouji.rendering.books_template import books_workbook
    from gouji.web.final_accounts.compiling import compile_account

    report(0, len(accounts) + 1, "正在写出账套")
    data = books_workbook(sample_books())
    digest = keep_bytes(data)
    for at, key in enumerate(accounts):
        row = FinalAccount.objects.select_related("unit", "subject").get(pk=key)
        report(at + 1, len(accounts) + 1, f"正在编制 {row}")
        if row.dossier:
            continue
        given = Import(account=row, name="2023年度账套.xlsx", sha256=digest, size=len(data), kind=Import.Kind.BOOKS, outcome=Import.Outcome.TAKEN)
        compiled = compile_account(row, given, None)
        dossier, problems = compiled.dossier, compiled.warnings
        with recording(None, _WHY):
            given.dossier, given.warnings = keep_dossier(dossier), len(problems)
            given.details = keep_json({"problems": [], "differences": [], "base": "", "entered": compiled.entered, "notes": list(dossier.notes)})
            given.save()
            row.books, row.dossier, row.entered = given, given.dossier, compiled.entered
            row.save()
            if row.state == "draft":
                for slot, text in _SLIPS:
                    Passage(account=row, slot=slot, text=text).save()
            ask_check(row, None)
            if row.state == "approved":
                ask_outputs(row, None)
    return {"url": "/accounts/"}
