"""How a 财决 workbook's columns were understood (列对应): shown, corrected by the preparer, kept for the subject, and read again with the correction."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.contents import read_json
from gouji.web.final_accounts.correcting import reason_of, writing
from gouji.web.final_accounts.importing import one, read_later
from gouji.web.final_accounts.models import ColumnMapping, FinalAccount, Import
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.posted import called
from gouji.web.trail.recording import Conflict, Refused


@told
@for_roles(*DESK)
def columns(request: HttpRequest, id: UUID, key: UUID) -> HttpResponse:
    """The recognised sheets with their columns; the preparer says what a column is, and the same file is read once more."""
    row, person = found(request, id), person_of(request)
    made = one(row, key)
    sheets = read_json(made.details).get("sheets", ()) if made.details else ()
    if not sheets:
        raise Http404
    kept = ColumnMapping.objects.filter(subject_id=row.subject_id).first() or ColumnMapping(unit=row.unit, subject=row.subject)
    mine = row.may_edit(person) or (person.role == Role.PREPARER and row.state in row.flow.closed)
    if request.method == "POST":
        if not mine:
            raise Refused(f"现在的状态是“{row.state_title}”，{person.get_role_display()}不能更正列对应")
        return _save(request, row, made, kept, sheets)
    shown = [{**each, "unclear": sum(1 for column in each["columns"] if column["taken"] == "?"), "columns": [{**column, "kept": _is_kept(kept, each["id"], column)} for column in each["columns"]]} for each in sheets]
    context = {"row": row, "made": made, "sheets": shown, "mine": mine, "closed": row.state in row.flow.closed, "kept": kept}
    return render(request, "final_accounts/columns.html", context)


def _is_kept(kept: ColumnMapping, sheet: str, column: dict[str, Any]) -> bool:
    """Whether somebody has said what the column is."""
    told: dict[str, str] = kept.columns.get(sheet, {})
    return any(kept.heads.get(sheet, {}).get(letter) == column["head"] and title == column["taken"] for letter, title in told.items())


def _save(request: HttpRequest, row: FinalAccount, made: Import, kept: ColumnMapping, sheets: list[dict[str, Any]]) -> HttpResponse:
    names = {f"c-{sheet['id']}-{column['letter']}": (sheet, column) for sheet in sheets for column in sheet["columns"]}
    called(request, {name: "" if request.POST.get(name) == column["taken"] else f"{sheet['title']} {column['letter']}列" for name, (sheet, column) in names.items()})
    if str(kept.version) != request.POST.get("version", "0"):
        raise Conflict(kept)
    changed = {sheet["id"]: _changed(request, sheet) for sheet in sheets}
    if not any(changed.values()):
        messages.info(request, "没有改动。")
        return redirect("final_accounts:columns", row.pk, made.pk)
    person, reason = person_of(request), reason_of(request, row)
    all_columns, all_heads = dict(kept.columns), dict(kept.heads)
    for sheet in sheets:
        if new := changed[sheet["id"]]:
            heads = {column["letter"]: column["head"] for column in sheet["columns"] if column["letter"] in new}
            # A head that was told of before, under whatever letter, is told of anew.
            old = {letter: title for letter, title in all_columns.get(sheet["id"], {}).items() if all_heads.get(sheet["id"], {}).get(letter) not in heads.values()}
            all_heads[sheet["id"]] = {letter: all_heads[sheet["id"]][letter] for letter in old} | heads
            all_columns[sheet["id"]] = old | new
    with writing(row, person, reason):
        kept.columns, kept.heads = all_columns, all_heads
        kept.save()
        if made.outcome == Import.Outcome.READY:
            made.outcome = Import.Outcome.DROPPED
            made.save()
        again = Import(account=row, name=made.name, sha256=made.sha256, size=made.size)
        again.save()
        read_later(again, person, reason)
    messages.success(request, f"已更正 {sum(map(len, changed.values()))} 列，正在按更正后的列重新读取；以后导入也照此识别。")
    return redirect("final_accounts:import", row.pk, again.pk)


def _changed(request: HttpRequest, sheet: dict[str, Any]) -> dict[str, str]:
    """What the form says otherwise of a sheet: letter → title. Raises :class:`Refused` with what is no column of the statement, or one that is named twice."""
    given = {column["letter"]: request.POST.get(f"c-{sheet['id']}-{column['letter']}", column["taken"]).strip() for column in sheet["columns"]}
    side = {column["letter"]: column["side"] for column in sheet["columns"]}
    for letter, title in given.items():
        if title not in ("", "?") and title not in sheet["choices"][side[letter]]:
            raise Refused(f"“{sheet['title']}”没有栏目“{title}”（{letter}列），请从下拉的栏目里选；用不着的列留空")
    twice = [title for (_, title), count in Counter((side[letter], title) for letter, title in given.items() if title not in ("", "?")).items() if count > 1]
    if twice:
        raise Refused(f"“{sheet['title']}”的“{twice[0]}”写在了两列上，请只留一列")
    return {column["letter"]: given[column["letter"]] for column in sheet["columns"] if given[column["letter"]] != column["taken"]}
