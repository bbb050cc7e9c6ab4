"""The department's evaluation (部门整体绩效评价) on the scheme of its place: what the books give, what a person enters, reasons and evidence by item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gouji.model.dossier import Dossier
from gouji.model.records import EvaluationItem
from gouji.scoring.cells import number
from gouji.scoring.formulas import evaluate
from gouji.scoring.scored import Scored
from gouji.standards.scheme_records import Input, Item, Scheme
from gouji.standards.schemes import scheme_for
from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.contents import dossier_of_account, is_outdated, standards_of
from gouji.web.final_accounts.correcting import reason_of, record_corrections, writing
from gouji.web.final_accounts.importing import ask_compile
from gouji.web.final_accounts.models import EvaluationEntry, FinalAccount, ItemEvidence
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.people.scope import get_visible
from gouji.web.posted import called
from gouji.web.store import as_download, received
from gouji.web.trail.recording import Conflict, Refused

_SCORE = "得分"
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?")  # as the formulas take it: 1,234.5 or 40%


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the scheme on the page. ``fields``: (name, title, unit, what was entered) of what a person may give; ``heads`` and ``rows`` of the tables
    among it: a subject with (name of its field, title, what was entered) for each of the heads."""

    item: Item
    depth: int
    computed: EvaluationItem | None
    live: Scored | None
    entry: EvaluationEntry | None
    evidence: tuple[ItemEvidence, ...]
    fields: tuple[tuple[str, str, str, str], ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = ()

    @property
    def enterable(self) -> bool:
        """Whether a person gives anything here."""
        return bool(self.fields or self.rows)

    @property
    def score(self) -> str:
        """What the dossier states, else what follows from what was entered."""
        if self.computed is not None and self.computed.score.text:
            return self.computed.score.text
        return "" if self.live is None or self.live.value is None else f"{self.live.value}"

    @property
    def lost(self) -> bool:
        value = number(self.score)
        return value is not None and self.item.weight is not None and value < self.item.weight


def scheme_of(account: FinalAccount) -> Scheme | None:
    """The scheme by which departments of the place are evaluated; None where the place has none, and for one unit alone."""
    return scheme_for(standards_of(account), "department") if account.kind == "department" else None


def fields_of(item: Item) -> tuple[tuple[str, str, str], ...]:
    """What can be given for an item: its formula's inputs, or the score itself."""
    formula = item.formula
    given: list[tuple[str, str, str]] = []
    if formula is not None:
        given += [(each.zh, each.zh, each.unit) for each in formula.inputs if each.kind == "number"]
        given += [(each.zh, f"{each.zh}（是、否）", "") for each in formula.parts]
        given += [(each.zh, each.zh, "") for each in formula.checkpoints]
    if formula is None or formula.name in ("points", "indicators"):
        given.append((_SCORE, _SCORE, "分"))
    return tuple(given)


def tables_of(item: Item) -> tuple[Input, ...]:
    """The inputs of an item that are one number a subject."""
    formula = item.formula
    return tuple(each for each in formula.inputs if each.kind == "table") if formula is not None and formula.subjects else ()


def _rows(item: Item, entry: EvaluationEntry | None) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    formula, tables = item.formula, tables_of(item)
    given = entry.given if entry is not None else {}
    return tuple(
        (subject, tuple((f"t-{at}-{number}", table.zh, str(given.get(table.zh, {}).get(subject, ""))) for at, table in enumerate(tables)))
        for number, subject in enumerate(formula.subjects if formula is not None and tables else ())
    )


def lines_of(account: FinalAccount, scheme: Scheme, dossier: Dossier | None) -> list[Line]:
    """The scheme's tree with what stands in it now: two queries, however many items."""
    computed = {each.id: each for evaluation in (dossier.evaluations if dossier else ()) for each in evaluation.items}
    entries = {each.item: each for each in account.entries.all()}
    evidence: dict[str, list[ItemEvidence]] = {}
    for row in account.evidence.all():
        evidence.setdefault(row.item, []).append(row)
    lines = []
    for path, item in scheme.walk():
        entry = entries.get(item.id)
        fields = () if item.items else tuple((*each, str(entry.given.get(each[0], "")) if entry else "") for each in fields_of(item))
        live = None if item.items or entry is None else evaluate(item, inputs_of(item, entry))
        heads = () if item.items else tuple(f"{each.zh}（{each.unit}）" if each.unit else each.zh for each in tables_of(item))
        lines.append(Line(item, len(path) - 1, computed.get(item.id), live, entry, tuple(evidence.get(item.id, ())), fields, heads, _rows(item, entry) if heads else ()))
    return lines


def inputs_of(item: Item, entry: EvaluationEntry) -> dict[str, Any]:
    """What was entered, by the names that the scoring knows."""
    formula = item.formula
    names = {_SCORE: "score"}
    if formula is not None:
        names |= {each.zh: each.id for group in (formula.inputs, formula.parts, formula.checkpoints) for each in group}
    return {names.get(name, name): value if isinstance(value, dict) else {"是": True, "否": False}.get(value, value) for name, value in entry.given.items()}


def given_of(item: Item, posted: Any) -> dict[str, Any]:
    """What a form gives for an item, by the Chinese names of its inputs. Raises :class:`Refused` for what is no number."""
    given: dict[str, Any] = {name: text for name, _, _ in fields_of(item) if (text := posted.get(f"v-{name}", "").strip())}
    for subject, cells in _rows(item, None):
        for name, title, _ in cells:
            if text := posted.get(name, "").strip():
                given.setdefault(title, {})[subject] = text
    yes_or_no = {each.zh for each in item.formula.parts} if item.formula is not None else set()
    for name, value in given.items():
        for subject, text in value.items() if isinstance(value, dict) else [("", value)]:
            if not _NUMBER.fullmatch(text) and not (name in yes_or_no and text in ("是", "否")):
                raise Refused(f"“{item.name}”的“{name}{'：' if subject else ''}{subject}”应填数{'，或“是”“否”' if name in yes_or_no else ''}，现在是“{text[:30]}”")
    return given


def _told(given: dict[str, Any]) -> str:
    """What was entered, in words."""
    return "、".join(f"{name} {value}" if not isinstance(value, dict) else f"{name}（{'，'.join(f'{a} {b}' for a, b in value.items())}）" for name, value in given.items())


@told
@for_roles(*DESK)
def evaluation(request: HttpRequest, id: UUID) -> HttpResponse:
    """The whole scheme, item by item."""
    row, person = found(request, id), person_of(request)
    scheme = scheme_of(row)
    dossier = dossier_of_account(row)
    total = next((each.total.text for each in dossier.evaluations), "") if dossier else ""
    notes = [each for each in (dossier.notes if dossier else ()) if each.startswith(("部门整体绩效评价", "评价数据"))]
    closed = row.state in row.flow.closed
    mine = row.may_edit(person) or (closed and person.role == Role.PREPARER)
    lines = lines_of(row, scheme, dossier) if scheme is not None else []
    context = {"row": row, "scheme": scheme, "lines": lines, "total": total, "notes": notes, "mine": mine, "closed": closed, "open": sum(1 for each in lines if each.enterable and not each.score), "outdated": is_outdated(row)}
    return render(request, "final_accounts/evaluation.html", context)


@told
@for_roles(Role.PREPARER)
@require_POST
def enter(request: HttpRequest, id: UUID, item: str) -> HttpResponse:
    """What a person gives for one item; the account is compiled anew with it."""
    row, person = found(request, id), person_of(request)
    leaf = _leaf(row, item)
    called(request, {f"v-{name}": title for name, title, _ in fields_of(leaf)} | {name: f"{title} {subject}" for subject, cells in _rows(leaf, None) for name, title, _ in cells})
    given = given_of(leaf, request.POST)
    why = request.POST.get("why", "").strip()
    reason = reason_of(request, row)
    kept = EvaluationEntry.objects.filter(account=row, item=leaf.id).first() or EvaluationEntry(account=row, item=leaf.id)
    kept.account = row
    if str(kept.version) != request.POST.get("version", "0"):
        raise Conflict(kept)
    old = dict(kept.given)
    kept.given, kept.reason = given, why
    scored = evaluate(leaf, inputs_of(leaf, kept))
    if given and scored.value is None and scored.outcome != "unread":
        raise Refused(f"“{leaf.name}”填的数算不出得分：{scored.derivation}")
    scheme = scheme_of(row)
    assert scheme is not None
    full = leaf.weight if leaf.weight is not None else scheme.self_total  # where the scheme leaves the weight to the place
    score = number(given.get(_SCORE, ""))
    if _SCORE in given and (score is None or not 0 <= score <= full):
        raise Refused(f"“{leaf.name}”的得分应是 0 和 {full} 之间的数")
    with writing(row, person, reason):
        kept.save()
        record_corrections(row, [(f"整体评价：{leaf.name}", _told(old), _told(given))], reason)
        if old != given:
            ask_compile(row, person, reason)
    messages.success(request, f"已保存“{leaf.name}”" + ("，正在重新编制。" if old != given and row.dossier else "。"))
    return redirect(f"/accounts/{row.pk}/evaluation#i-{leaf.id}")


@told
@for_roles(Role.PREPARER)
@require_POST
def compile_entries(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks once more that what was entered is compiled into the account, after it has failed."""
    row, person = found(request, id), person_of(request)
    reason = reason_of(request, row)
    ask_compile(row, person, reason)
    return redirect("final_accounts:evaluation", row.pk)


def _leaf(account: FinalAccount, item: str) -> Item:
    scheme = scheme_of(account)
    leaf = next((each for each in scheme.leaves() if each.id == item), None) if scheme else None
    if leaf is None:
        raise Http404
    return leaf


@told
@for_roles(Role.PREPARER)
@require_POST
def add_evidence(request: HttpRequest, id: UUID, item: str) -> HttpResponse:
    """A file that proves an item."""
    row, leaf = found(request, id), _leaf(found(request, id), item)
    reason, columns = reason_of(request, row), received(request)
    with writing(row, person_of(request), reason):
        made = ItemEvidence(account=row, item=leaf.id, **columns)
        made.save()
        record_corrections(row, [(f"佐证材料：{leaf.name}", "", made.name)], reason)
    messages.success(request, "已附上佐证材料。")
    return redirect(f"/accounts/{row.pk}/evaluation#i-{leaf.id}")


@told
@for_roles(*DESK)
def evidence(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The file itself."""
    return as_download(get_visible(person_of(request), ItemEvidence.objects.all(), id, "account__unit__path"))
