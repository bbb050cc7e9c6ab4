"""The check panel (核对): the rendered disclosure, read back and judged by ``gouji.check``, anew after every change of the account."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.against import held_against, told_of
from gouji.web.final_accounts.contents import (
    Texts,
    checked_content,
    dossier_of_account,
    keep_bytes,
    latest,
    product,
    published_before,
    read_json,
    standards_of,
    texts_of,
)
from gouji.web.final_accounts.correcting import reason_of, record_corrections, writing
from gouji.web.final_accounts.models import FinalAccount, Justification, Product, SecondInput, may_hold_against
from gouji.web.pages import told
from gouji.web.people.models import Person, Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.trail.recording import Conflict, Refused
from gouji.web.work.models import Job
from gouji.web.work.registry import Report, enqueue, job

_ROUNDS = 3  # a content that changes while it is checked is checked again, so often


def ask_check(account: FinalAccount, person: Person | None) -> None:
    """Puts the check into the queue, once."""
    if account.dossier and not Job.objects.filter(kind="accounts-check", about=account.pk, state=Job.State.WAITING).exists():
        enqueue("accounts-check", f"核对 {account}", person, account.pk, account=str(account.pk))


@job("accounts-check")
def check_account(report: Report, account: str) -> dict[str, Any]:
    """Renders, reads, judges and keeps the result for the content that it was made of."""
    url = f"/accounts/{account}/check"
    for at in range(_ROUNDS):
        row = FinalAccount.objects.select_related("unit", "subject").get(pk=account)
        texts = texts_of(row)
        now = checked_content(row, texts)
        if not now or product(row, "check", now) is not None:
            return {"url": url}
        report(at * 2 + 1, _ROUNDS * 2, "正在写出公开稿并读回")
        data = judged(row, texts)
        keep_product(row, "check", now, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    return {"url": url}


def judged(account: FinalAccount, texts: Texts) -> dict[str, Any]:
    """What ``gouji check`` says of the Word file as it would be published: findings, coverage, duties, and texts that are missing."""
    import gouji
    from gouji.rendering.checked import CheckedDocument
    from gouji.rendering.data import check_data
    from gouji.rendering.disclosure.compose import compose
    from gouji.rendering.disclosure.formats import writer

    dossier, standards = dossier_of_account(account, texts), standards_of(account)
    assert dossier is not None
    disclosure = compose(dossier, standards)
    document = gouji.read(writer("docx")(disclosure, dossier, standards), name=f"{disclosure.title}.docx")
    held = held_against(account)
    data = check_data([CheckedDocument(document, gouji.check(document, against=[each.dossier for each in held]))])["documents"][0]
    kept = {name: data[name] for name in ("findings", "coverage", "duties", "not_judged")}
    kept["against"] = [told_of(each, document, data["findings"], data["not_judged"]) for each in held]
    return {**kept, "missing": [[each.slot, each.where, each.why] for each in disclosure.missing if each.required]}


def keep_product(account: FinalAccount, kind: str, now: str, data: bytes, gaps: bool = False) -> None:
    """Stores what was made for a content."""
    Product.objects.update_or_create(
        account=account, kind=kind, content=now, defaults={"sha256": keep_bytes(data), "size": len(data), "gaps": gaps, "made": timezone.now()}
    )


def verdict(account: FinalAccount) -> dict[str, Any] | None:
    """The newest result for a page: findings with their justifications, sorted; whether it is of the content as it is now. None before the first."""
    current = product(account, "check")
    kept = current or latest(account, "check")
    if kept is None:
        return None
    data = read_json(kept.sha256)
    words = {each.fingerprint: each for each in account.justifications.all()}
    seen = {each["id"] for each in read_json(account.seen)["findings"]} if account.seen else None
    shown = [{**each, "said": words.get(each["id"]), "is_new": seen is not None and each["id"] not in seen} for each in data["findings"]]
    open_ = [each for each in shown if each["said"] is None or not each["said"].words]
    failed = [each for each in data["duties"] if each["state"] in ("failed", "unreadable")]
    return {
        "current": current is not None, "made": kept.made, "open": open_, "grave": [each for each in open_ if each["severity"] != "note"],
        "light": [each for each in open_ if each["severity"] == "note"], "said": [each for each in shown if each["said"] is not None and each["said"].words],
        "counts": [(title, sum(1 for each in open_ if each["severity"] == name)) for name, title in (("error", "错误"), ("warning", "警告"), ("note", "提示"))],
        "errors": sum(1 for each in open_ if each["severity"] == "error"), "new": sum(1 for each in shown if each["is_new"]),
        "coverage": data["coverage"], "other": len(data["coverage"]["other"]), "duties": data["duties"], "failed": failed,
        "passed": sum(1 for each in data["duties"] if each["state"] == "passed"), "missing": data["missing"], "not_judged": data["not_judged"], "against": data.get("against", []),
    }  # fmt: skip


def others_of(account: FinalAccount, person: Person) -> list[tuple[SecondInput, bool]]:
    """The files that the account is held against, and whether the person may take each back."""
    return [(each, may_hold_against(account, person, each.by)) for each in account.second_inputs.all()]


@told
@for_roles(*DESK)
def check(request: HttpRequest, id: UUID) -> HttpResponse:
    """The panel; ``?part`` gives the result alone, which asks again until it is current."""
    row, person = found(request, id), person_of(request)
    result = verdict(row)
    if row.dossier and (result is None or not result["current"]):
        running = Job.objects.filter(kind="accounts-check", about=row.pk).order_by("-created").first()
        if running is None or (running.state == Job.State.DONE and "part" not in request.GET):
            ask_check(row, person)
        failed = running.message if running is not None and running.state == Job.State.FAILED else ""
    else:
        failed = ""
    context: dict[str, Any] = {"row": row, "result": result, "mine": person.role == Role.PREPARER, "editable": row.may_edit(person), "closed": row.state in row.flow.closed, "failed": failed}
    if "part" not in request.GET:
        context |= {"others": others_of(row, person), "may_add": row.dossier and may_hold_against(row, person), "before": published_before(row)}
    return render(request, "final_accounts/verdict.html" if "part" in request.GET else "final_accounts/check.html", context)


@told
@for_roles(Role.PREPARER)
@require_POST
def check_again(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks for the check once more, after it has failed."""
    row = found(request, id)
    ask_check(row, person_of(request))
    return redirect("final_accounts:check", row.pk)


@told
@for_roles(Role.PREPARER)
@require_POST
def justify(request: HttpRequest, id: UUID, fingerprint: str) -> HttpResponse:
    """Why a finding may stand; no words take the justification back."""
    row, person = found(request, id), person_of(request)
    result = verdict(row)
    finding = next((each for each in (*result["open"], *result["said"]) if each["id"] == fingerprint), None) if result else None
    if finding is None:
        raise Refused("现在的核对结果里没有这一条，请刷新页面")
    words, reason = request.POST.get("words", "").strip(), reason_of(request, row)
    kept = finding["said"] or Justification(account=row, fingerprint=fingerprint)
    if str(kept.version) != request.POST.get("version", "0"):
        raise Conflict(kept)
    old, kept.account, kept.words, kept.finding = kept.words, row, words, finding["message"]["zh"][:500]
    with writing(row, person, reason):
        kept.save()
        record_corrections(row, [(f"出错说明：{kept.finding}"[:200], old, words)], reason)
    messages.success(request, "已记下说明。" if words else "已收回说明。")
    return redirect(f"/accounts/{row.pk}/check#f-{fingerprint}")
