"""The writers whose files are read back, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable

from gouji.rendering.disclosure import Disclosure
from gouji.rendering.disclosure.text import disclosure_text
from gouji.rendering.disclosure.word import disclosure_word
from gouji.standards.pack import Standards

WRITERS: dict[str, Callable[[Disclosure, Standards], bytes]] = {"txt": lambda disclosure, _: disclosure_text(disclosure), "docx": disclosure_word}
