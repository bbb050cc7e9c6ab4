"""What audits found and how it was put right (审计发现问题与整改)."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gouji.web.dates import DateField
from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.correcting import reason_of, record_corrections, writing
from gouji.web.final_accounts.models import AuditFinding, FinalAccount
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.trail.recording import Conflict, Refused


class AuditFindingForm(forms.ModelForm):  # type: ignore[type-arg]
    """One problem and its rectification."""

    class Meta:
        model = AuditFinding
        fields: ClassVar = ["source", "found_on", "problem", "measures", "rectified", "rectified_on"]
        widgets: ClassVar = {"problem": forms.Textarea(attrs={"rows": 3}), "measures": forms.Textarea(attrs={"rows": 3})}
        field_classes: ClassVar = {"found_on": DateField, "rectified_on": DateField}

    def clean(self) -> Any:
        told = super().clean() or {}
        if told.get("rectified") == AuditFinding.Rectified.DONE and not (told.get("measures") and told.get("rectified_on")):
            raise forms.ValidationError("已经整改的，要写整改情况和完成日期")
        return told


def may_write(account: FinalAccount, person: Any) -> bool:
    """The preparer, while the account is prepared, and by correction after the approval."""
    return account.may_edit(person) or (person.role == Role.PREPARER and account.state in account.flow.closed)


@told
@for_roles(*DESK)
def audit(request: HttpRequest, id: UUID) -> HttpResponse:
    """All problems, those that are open first."""
    row, person = found(request, id), person_of(request)
    order = {AuditFinding.Rectified.OPEN: 0, AuditFinding.Rectified.UNDERWAY: 1}
    shown = sorted(row.audit_findings.all(), key=lambda each: order.get(each.rectified, 2))
    return render(request, "final_accounts/audit.html", {"row": row, "shown": shown, "mine": may_write(row, person)})


@told
@for_roles(Role.PREPARER)
def audit_finding(request: HttpRequest, id: UUID, key: UUID | None = None) -> HttpResponse:
    """A new problem, or what has become of one."""
    row, person = found(request, id), person_of(request)
    if not may_write(row, person):
        raise Refused(f"现在的状态是“{row.state_title}”，不能修改")
    kept = get_object_or_404(AuditFinding, account=row, pk=key) if key else AuditFinding(account=row)
    kept.account = row
    version, old = kept.version, "" if key is None else f"{kept.problem}（{kept.get_rectified_display()}）"
    form = AuditFindingForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        if key is not None and str(version) != request.POST.get("version", "0"):
            raise Conflict(AuditFinding.objects.get(pk=key))
        reason = reason_of(request, row)
        with writing(row, person, reason):
            form.save()
            record_corrections(row, [("审计发现问题", old, f"{kept.problem}（{kept.get_rectified_display()}）")], reason)
        messages.success(request, "已保存。")
        return redirect("final_accounts:audit", row.pk)
    return render(request, "final_accounts/audit_finding.html", {"row": row, "kept": kept, "form": form, "closed": row.state in row.flow.closed})
