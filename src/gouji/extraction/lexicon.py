"""The lexicon as one trie expression: longest match of concept names on reading text, resolved by section role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from gouji.standards import class_names
from gouji.standards.pack import Alias, Phrase, Standards
from gouji.standards.slots import Slot, parse, to_regex


def _trie(words: Iterable[str]) -> str:
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def pattern(node: dict[str, Any]) -> str:
        branches = [re.escape(c) + pattern(child) for c, child in sorted(node.items()) if c]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 and "" not in node else "(?:" + "|".join(branches) + ")"
        return body + "?" if "" in node else body

    return pattern(root)


class Lexicon:
    """Names of one set of standards. ``match(role)`` finds terms; ``aliases(text, role)`` gives their meanings, best first."""

    def __init__(self, standards: Standards) -> None:
        self.standards = standards
        self.by_text: dict[str, list[Alias]] = {}
        for alias in standards.aliases:
            self.by_text.setdefault(alias.text, []).append(alias)
        self.classes = class_names(standards.functions, standards.old_names)
        words = [w for w in {*self.by_text, *self.classes} if len(w) > 1]
        self.terms = re.compile(_trie(words))
        self._phrases: dict[str, list[tuple[re.Pattern[str], tuple[Slot, ...]]]] = {}

    def aliases(self, text: str, role: str, open_wholes: Iterable[str]) -> list[Alias]:
        """The meanings of a name in a section, the most particular first."""
        wholes = tuple(open_wholes)
        fitting = [a for a in self.by_text.get(text, ()) if _in_role(a.roles, role) and (not a.part or a.part in wholes)]
        return sorted(fitting, key=lambda a: (not a.part, not a.roles))

    def phrases(self, role: str) -> list[tuple[re.Pattern[str], tuple[Slot, ...]]]:
        """The local patterns of a section, compiled once a role."""
        if role not in self._phrases:
            self._phrases[role] = [_compiled(p, self.standards) for p in self.standards.phrases if _in_role(p.roles, role)]
        return self._phrases[role]


def _compiled(phrase: Phrase, standards: Standards) -> tuple[re.Pattern[str], tuple[Slot, ...]]:
    pattern, slots = to_regex(parse(phrase.text, standards.concepts))
    return re.compile(pattern), slots


def _in_role(roles: tuple[str, ...], role: str) -> bool:
    return not roles or any(role == r or role.startswith(r + ".") for r in roles)


@lru_cache(maxsize=8)
def _of(identity: int, packs: tuple[object, ...]) -> list[Lexicon]:
    return []


def lexicon_of(standards: Standards) -> Lexicon:
    """The lexicon of these standards, built once."""
    slot = _of(id(standards), standards.packs)
    if not slot:
        slot.append(Lexicon(standards))
    return slot[0]
