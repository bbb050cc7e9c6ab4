"""The catalogue of everything that Gouji checks: judging rules, arithmetic laws, equations, second inputs.

A judging rule (判断规则) is one documented function a file in :mod:`gouji.checks.rules`::

    @rule(id="torn-bracket", zh="括号引号不成对", severity="warning", authority="disclosure_procedure_form")
    def torn_bracket(context: Context) -> Iterator[Remark]:
        \"\"\"一段之内……

        为什么：……
        例：……
        报告：……
        不报：……
        \"\"\"

The docstring is the rule's documentation for users, hence Chinese; ``gouji rules`` shows it and ``docs/rules`` is generated from it
(``python -m gouji.checks.documentation [--check]``). An id never changes and is never used again for something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from gouji.checks.context import Context, Remark
from gouji.model.finding import Finding, Severity, fingerprint
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.pack import Authority, Standards

Judge = Callable[[Context], Iterator[Remark]]
RuleKind = Literal["judging", "law", "equation", "second-input"]
KINDS: dict[str, str] = {"law": "算术规律", "equation": "勾稽关系", "judging": "判断规则", "second-input": "与另一份文件核对"}
SEVERITY_ZH: dict[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}


@record
class Explanation:
    """A rule's documentation in Chinese, from its docstring: what it says, why, an example with the message, what it leaves alone."""

    what: str
    why: str = ""
    example: str = ""
    message: str = ""
    silent: str = ""


@record
class Rule:
    """One entry of the catalogue. ``judge`` is None for laws and equations, which :mod:`gouji.checks.arithmetic` judges."""

    id: str
    zh: str
    severity: Severity
    authority: str
    kind: RuleKind
    explanation: Explanation
    judge: Judge | None = None

    def finding(self, remark: Remark, authorities: dict[str, Authority]) -> Finding:
        """The finding that a remark of this rule becomes."""
        authority = remark.authority or self.authority
        return Finding(
            fingerprint=fingerprint(self.id, *remark.key),
            rule=self.id,
            severity=remark.severity or self.severity,
            subject=remark.subject,
            zh=remark.zh,
            en=remark.en,
            places=remark.places,
            found=remark.found,
            expected=remark.expected,
            difference=remark.difference,
            facts=remark.facts,
            suggestion=remark.suggestion,
            authority=cited(authority, authorities),
            explains=remark.explains,
            suspects=remark.suspects,
            derivation=remark.derivation,
        )


RULES: dict[str, Rule] = {}

_FIELDS = {"为什么": "why", "例": "example", "报告": "message", "不报": "silent"}
_FIELD = regex(r"^(为什么|例|报告|不报)：", flags=re.MULTILINE)


def explained(docstring: str) -> Explanation:
    """The parts of a rule's docstring.

    >>> explained("括号不成对。\\n\\n为什么：读不通。\\n例：（甲\\n报告：缺右括号\\n不报：列表编号").why
    '读不通。'
    """
    text = "\n".join(line.strip() for line in docstring.strip().splitlines())
    starts = [(m.start(), m.end(), _FIELDS[m.group(1)]) for m in _FIELD.finditer(text)]
    what = text[: starts[0][0]] if starts else text
    parts = {"what": _flowed(what)}
    for number, (_, start, name) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        parts[name] = _flowed(text[start:end])
    return Explanation(**parts)


def _flowed(text: str) -> str:
    """Chinese text of several source lines as one line."""
    return re.sub(r"(?<=[\x00-\x7f])\n(?=[\x00-\x7f])", " ", text.strip()).replace("\n", "")


def rule(*, id: str, zh: str, severity: Severity, authority: str) -> Callable[[Judge], Judge]:
    """Registers a judging rule under its lasting id."""

    def register(judge: Judge) -> Judge:
        if id in RULES:
            raise ValueError(f"two rules with the id {id}")
        RULES[id] = Rule(id, zh, severity, authority, "judging", explained(judge.__doc__ or ""), judge)
        return judge

    return register


def judging_rules() -> tuple[Rule, ...]:
    """All judging rules, by id."""
    import gouji.checks.rules  # noqa: F401  (importing the room registers its rules)

    return tuple(sorted(RULES.values(), key=lambda r: r.id))


def catalogue(standards: Standards) -> tuple[Rule, ...]:
    """Everything that is checked under these standards: laws, equations, judging rules, second inputs."""
    from gouji.checks.catalogue import LAWS, SECOND_INPUTS, equation_rules

    return (*LAWS, *equation_rules(standards), *judging_rules(), *SECOND_INPUTS)


def cited(authority: str, authorities: dict[str, Authority]) -> str:
    """An authority as people cite it, the id itself where it is not known."""
    known = authorities.get(authority)
    return known.zh if known else authority


def judge_text(context: Context) -> list[Finding]:
    """Runs every judging rule over a dossier."""
    findings: list[Finding] = []
    for entry in judging_rules():
        if entry.judge is not None:
            findings.extend(entry.finding(remark, context.standards.authorities) for remark in entry.judge(context))
    return findings
