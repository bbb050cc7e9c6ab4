"""The narrative (情况说明): the author's texts by slot beside the page as it will be published, which is written anew after each text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gouji.model.dossier import Dossier
from gouji.rendering.books_template import SLOTS
from gouji.rendering.disclosure.blocks import Chart, Disclosure, Heading, Paragraph
from gouji.rendering.disclosure.svg import chart_svg
from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.checking import ask_check
from gouji.web.final_accounts.contents import standards_of
from gouji.web.final_accounts.correcting import reason_of, record_corrections, writing
from gouji.web.final_accounts.models import FinalAccount, Passage
from gouji.web.final_accounts.statements import composed, have_dossier
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.trail.recording import Conflict, Refused

_LONGEST = 20_000
_NO_TEXT = frozenset({"organisation.units", "projects", "evaluation"})  # lists of the books, and the evaluation, which has a page of its own
_EXAMPLE = "2010301"  # stands for any code in the template's list of slots


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page: ``tag`` h2–h4, p, or figure; ``runs`` of a paragraph."""

    tag: str
    text: str = ""
    anchor: str = ""
    runs: tuple[Any, ...] = ()
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A text to be written: what it is for, what stands in it, why it is wanted (``why``: it is missing)."""

    slot: str
    title: str
    text: str
    version: int
    where: str = ""
    why: str = ""
    used: bool = False

    @property
    def key(self) -> str:
        """As an id of the page."""
        return self.slot.replace(".", "-")


def blocks_of(disclosure: Disclosure) -> list[Block]:
    """The written part, without forms and statements."""
    shown = []
    for block in disclosure.blocks:
        if isinstance(block, Heading):
            shown.append(Block(f"h{min(block.level + 1, 4)}", block.text, block.anchor))
        elif isinstance(block, Paragraph):
            shown.append(Block("p", runs=block.runs))
        elif isinstance(block, Chart):
            # Our own drawing; its texts are escaped where they are drawn.
            shown.append(Block("figure", f"{block.caption}（单位：{block.unit}）", svg=mark_safe(chart_svg(block))))
    return shown


def title_of(slot: str, names: dict[str, str]) -> str:
    """What a slot is for, in Chinese; of one code: the slot's words with the code's name."""
    known = dict(SLOTS)
    if slot in known:
        return known[slot]
    base, _, code = slot.rpartition(".")
    general = known.get(f"{base}.{_EXAMPLE}", known.get(base, "")).partition("；")[0]
    if slot == "reason.item":
        return "各项支出决算与预算有差异的原因（没有单独写的）"
    return f"{general}：{code} {names.get(code, '')}".strip() if general and code.isdigit() else general or slot


def slots_of(account: FinalAccount, dossier: Dossier, disclosure: Disclosure) -> list[Slot]:
    """Missing texts first, then those that stand in the document in its order, then what is given and not used."""
    names = {code: each.name for code, each in standards_of(account).functions.items()}
    own = {each.slot: each for each in account.passages.all()}
    texts = {each.slot: each.text for each in dossier.texts}
    missing = {each.slot: each for each in disclosure.missing}
    used = dict.fromkeys(run.slot for block in disclosure.blocks if isinstance(block, Paragraph) for run in block.runs if run.slot)
    order = [*missing, *used, *texts, *own, *(slot for slot, _ in SLOTS if not slot.endswith(_EXAMPLE))]
    found = []
    for slot in dict.fromkeys(order):
        if slot in _NO_TEXT or slot.startswith("classified.") or "|" in slot or "{" in slot:
            continue
        lack = missing.get(slot)
        row = own.get(slot)
        found.append(Slot(slot, title_of(slot, names), texts.get(slot, ""), row.version if row else 0, lack.where if lack else "", lack.why if lack else "", slot in used))
    return found


@told
@for_roles(*DESK)
def narrative(request: HttpRequest, id: UUID) -> HttpResponse:
    """Texts and page side by side."""
    row, person = found(request, id), person_of(request)
    dossier = have_dossier(row)
    disclosure = composed(row, dossier)
    slots = slots_of(row, dossier, disclosure)
    context = {
        "row": row, "blocks": blocks_of(disclosure), "wanted": [each for each in slots if each.why or each.used], "rest": [each for each in slots if not each.why and not each.used],
        "missing": disclosure.missing, "editable": row.may_edit(person), "correcting": person.role == Role.PREPARER and row.state in row.flow.closed,
    }  # fmt: skip
    return render(request, "final_accounts/narrative.html", context)


@told
@for_roles(Role.PREPARER)
@require_POST
def write(request: HttpRequest, id: UUID) -> HttpResponse:
    """One text is saved; the answer is the page written anew (htmx), or the way back to it."""
    row, person = found(request, id), person_of(request)
    slot, text = request.POST.get("slot", "").strip(), request.POST.get("text", "").replace("\r\n", "\n").strip()
    if not slot or len(slot) > 80 or len(text) > _LONGEST:
        raise Refused("文字太长，或没有指明位置")
    reason = reason_of(request, row)
    kept = Passage.objects.filter(account=row, slot=slot).first() or Passage(account=row, slot=slot)
    kept.account = row
    dossier = have_dossier(row)
    old = next((each.text for each in dossier.texts if each.slot == slot), "")
    if str(kept.version) != request.POST.get("version", "0"):
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "final_accounts/passage_conflict.html", {"row": row, "kept": kept, "typed": text, "slot": slot, "key": slot.replace(".", "-")})
        raise Conflict(kept)
    if text != old or (kept.version and text != kept.text):
        kept.text = text
        with writing(row, person, reason):
            kept.save()
            record_corrections(row, [(f"文字：{slot}", old, text)], reason)
            ask_check(row, person)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("final_accounts:narrative", row.pk)
    disclosure = composed(row, have_dossier(row))
    lack = next((each for each in disclosure.missing if each.slot == slot), None)
    context = {"row": row, "kept": kept, "blocks": blocks_of(disclosure), "missing": disclosure.missing, "lack": lack, "key": slot.replace(".", "-")}
    return render(request, "final_accounts/passage_saved.html", context)
