"""One changed digit anywhere in a document: what contradicts is found, and where only one figure can be mended by a digit, it is named first."""

from __future__ import annotations

import random
from decimal import Decimal

from extraction.writing.comparing import difference, read
from extraction.writing.disclosure import SECTIONS, Disclosure, Plan, write_disclosure
from extraction.writing.sentences import Typography
from gouji.checks.check import check
from properties.amount import SEED, SLOW
from properties.written_laws import relations, verdict


def changed_text(written: Disclosure, number: int, source: random.Random) -> tuple[str, Decimal] | None:
    """The text with one digit of the figure changed, and the value that it then prints."""
    figure = written.figures[number]
    printed = written.text[figure.start : figure.end]
    at = source.choice([i for i, char in enumerate(printed) if char.isdigit()])
    new = source.choice([d for d in "0123456789" if d != printed[at]])
    if at == 0 and new == "0" and printed[1:2] not in (".", ""):
        return None
    value = printed[:at] + new + printed[at + 1 :]
    return written.text[: figure.start] + value + written.text[figure.end :], Decimal(value.replace(",", ""))


def test_one_changed_digit_is_found_wherever_it_contradicts_and_named_where_it_can_be(shares: list[str]) -> None:
    source = random.Random(20231231 + SEED)
    invisible = infeasible = unique = found = first = beyond = unfit = 0
    trouble: list[str] = []
    for seed in range(250 if SLOW else 40):
        plan = Plan(
            seed + 1000 * SEED,
            frozenset(SECTIONS),
            source.choice(["cn-sichuan", "cn", "cn-shanghai"]),
            2023,
            Typography(separators=source.random() < 0.3),
        )
        written = write_disclosure(plan)
        dossier, standards = read(written.data)
        made = relations(written, standards)
        assert not made.broken(made.values), [made.constraints[n] for n in made.broken(made.values)]
        # A document that is misread before anything is changed says nothing of how contradictions are found.
        before = check(dossier, standards).findings
        if difference(written, dossier) or any(f.severity != "note" for f in before):
            unfit += 1
            continue
        known = {f.fingerprint for f in before}
        money = [n for n, f in enumerate(written.figures) if f.unit in ("万元", "%")]
        for _ in range(12):
            number = source.choice(money)
            change = changed_text(written, number, source)
            if change is None:
                continue
            text, value = change
            figure = written.figures[number]
            seen = verdict(made, written, number, value)
            dossier, standards = read(text.encode())
            report = check(dossier, standards)
            # A rate cut off instead of rounded is only a note; a missing reason says nothing of the figures.
            reported = [f for f in report.findings if f.fingerprint not in known and f.rule != "reason-missing"]
            if not seen.infeasible:
                invisible += 1
                beyond += any(f.severity != "note" for f in reported)
                continue
            infeasible += 1
            found += bool(reported)
            what = f"{plan.seed}/{plan.pack} {figure.key.concept}{dict(figure.key.dimensions)} {figure.key.measure} {figure.value}→{value}"
            if not reported:
                kinds = sorted({made.constraints[n][0] for n in made.touching(number) if not made.holds(n, made.values | {number: value})})
                trouble.append(f"not found: {what} ({', '.join(kinds)})")
            if seen.unique:
                unique += 1
                suspects = reported[0].suspects if reported else ()
                place = dossier.facts[suspects[0].fact].place if suspects else None
                named = place is not None and place.start <= figure.start < place.end
                first += named
                if not named:
                    trouble.append(f"not first: {what}: {[f.zh[:120] for f in reported][:1]}")
    total = invisible + infeasible
    assert total, "every document was misread before a digit was changed"
    shares.append(
        f"one changed digit, {total} cases ({unfit} documents unfit): {invisible / total:.1%} no law can see ({beyond} of them reported all the same), "
        f"{found / max(infeasible, 1):.1%} of {infeasible} contradictions found, {first / max(unique, 1):.1%} of {unique} with a unique cheapest repair named first"
    )
    shares.extend(f"  {line}" for line in sorted(trouble, key=lambda t: not t.startswith("not found"))[:20])
    assert found == infeasible
    assert first >= 0.95 * unique
