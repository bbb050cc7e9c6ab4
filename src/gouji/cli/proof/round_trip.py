"""Round trips over generated departments: what is written is read back the same, and nothing is found wrong with it.

A seed gives the same books on every machine: one unit to a department of forty, every fund, figures of nothing and below nothing, long names, last
year's figures or none, under the standards of Sichuan, of Shanghai, and of the Ministry where no province is known.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.model.dossier import Dossier

#: Provinces by turns; the last has no standards of its own, so that the Ministry's apply.
PLACES = ("四川省", "四川省", "上海市", "湖南省")
_ALONE = 5  # of so many departments one publishes its office alone
_HEAD = "310000"


def generated(seed: int, *, units: int | None = None, payments: int = 60) -> Dossier:
    """The compiled dossier of a department that does not exist."""
    import gouji
    from gouji.accounts.random_books import random_books
    from gouji.accounts.writing import write_csv

    tables = random_books(seed, units=units, payments=payments, place=PLACES[seed % len(PLACES)])
    with TemporaryDirectory(prefix="gouji-") as folder:
        write_csv(tables, Path(folder))
        return gouji.compile(folder, unit=_HEAD if seed % _ALONE == 0 else "")


def round_trip(dossier: Dossier, to: str) -> list[str]:
    """What is wrong with the round trip through a format: what is lacking, what was read otherwise, errors and warnings, numbers nobody knows."""
    import gouji
    from gouji.model.content import content
    from gouji.rendering.disclosure.compose import compose
    from gouji.rendering.disclosure.formats import writer
    from gouji.rendering.publish import publish
    from gouji.standards import load

    standards = load(dossier.jurisdiction, dossier.year)
    disclosure = compose(dossier, standards)
    wrong = [f"缺 {each.slot}" for each in disclosure.missing if each.required]
    read = gouji.read(writer(to)(disclosure, dossier, standards), name=f"公开稿.{to}")
    if difference := content(publish(dossier, standards, disclosure)).difference(content(read)):
        wrong += difference.split("\n")
    wrong += [f"{each.severity} {each.rule}：{each.zh}" for each in gouji.check(read).findings if each.severity != "note"]
    return wrong + [f"没有读懂的数字 {each.printed}" for each in read.outline.numbers if each.state == "unbound"]
