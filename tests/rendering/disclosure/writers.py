"""The writers whose files are read back, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable

from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import Disclosure
from gouji.rendering.disclosure.formats import DATA, FORMATS, writer
from gouji.standards.pack import Standards

WRITERS: dict[str, Callable[[Disclosure, Dossier, Standards], bytes]] = {to: writer(to) for to in FORMATS if to not in DATA}
