"""What a loaded set of standards holds: plain immutable records, one instance per jurisdiction and year.

The data stand in ``data/<pack>/*.yaml``; :mod:`gouji.standards.loader` gives a :class:`Standards`.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from gouji.model.dossier import Pack
from gouji.model.fact import Dimensions, Measure, Phase
from gouji.model.record import record

#: attested: seen in documents; law: from a statute or notice at hand; knowledge: professional knowledge; uncertain: weak.
#: What is ``knowledge`` or ``uncertain`` may never cause an error, ``uncertain`` never more than a note.
Certainty = Literal["attested", "law", "knowledge", "uncertain"]
Severity = Literal["error", "warning", "note"]


@record
class Ref:
    """A concept with fixed dimensions, as equations and partitions name it.

    ``each``: a dimension over which the reference stands for *every* stated value (``function@类``: every 类 code;
    ``function@项`` every 项 code; ``function@项[行政运行|机关服务]``: every 项 code whose official name is one of these).
    ``measure`` and ``phase`` as in a fact's key. In a :class:`Term` or in a partition's parts a reference with ``each`` is the
    *sum* over those values. A dimension value ``*`` (only under ``for_each``) stands for the value that is being judged.
    """

    concept: str
    measure: Measure = "amount"
    phase: Phase = "executed"
    dimensions: Dimensions = ()
    each: str = ""
    period: int = 0  # years from the dossier's year: 0 this year, -1 last year


@record
class Concept:
    """``kind``: money, count, rate, score, value. ``unit`` is the unit used for writing. ``base`` is the default base of its share.

    ``parent`` is the whole of its default partition, for people; partitions are what laws use. ``need_reason``: a change of it needs a reason.
    """

    id: str
    zh: str
    en: str
    kind: Literal["money", "count", "rate", "score", "value"]
    unit: str = ""
    base: Ref | None = None
    parent: str = ""
    need_reason: bool = False


@record
class Alias:
    """A name by which texts call a concept (词条). ``roles``: section roles (prefixes) in which it means this; empty: anywhere.

    ``part``: the alias only means this concept when a listing under ``part`` (a concept id) is open in the same sentence or section.
    ``dimension_only``: the alias gives only dimensions (轿车 → vehicle_type=轿车) and takes the concept of the open listing's whole.
    """

    text: str
    concept: str
    measure: Measure | None = None
    phase: Phase | None = None
    dimensions: Dimensions = ()
    roles: tuple[str, ...] = ()
    part: str = ""
    dimension_only: bool = False


@record
class Phrase:
    """A small local pattern in the slot notation (see :mod:`gouji.standards.slots`): ``团组{three_public.abroad.groups}(次|个|批)``."""

    text: str
    roles: tuple[str, ...] = ()


@record
class Partition:
    """``whole`` = Σ ``parts`` (closed) or ≥ Σ (open). Parts are named, or one Ref with ``each``.

    ``for_each`` (``staff``, ``function@类``): the partition holds once for every stated value of that dimension; the whole carries it as
    the value ``*``. A part with ``each="function@项"`` under ``for_each="function@类"`` is the sum of the 项 that stand beneath that 类.
    """

    id: str
    zh: str
    whole: Ref
    parts: tuple[Ref, ...]
    closed: bool
    authority: str
    certainty: Certainty = "attested"
    for_each: str = ""


@record
class Term:
    """One summand of an equation: ``coefficient`` × what ``ref`` names."""

    coefficient: int
    ref: Ref
    optional: bool = False  # where it is not stated it counts as nothing (otherwise the equation is not judged)


@record
class Equation:
    """A linear relation that no partition expresses: Σ left  ``op``  Σ right.

    ``severity`` is that of a certain breach; ``kinds`` the document kinds it holds for (empty: all); ``explain`` is the Chinese
    sentence shown to people; ``cases`` names the conditions of :mod:`gouji.checks.equations` that must hold: ``near`` (judged only where
    the two sides differ by less than 1 % of the right side: further apart they plainly speak of different things), ``fully_executed``
    (only where every stated ``*.execution`` rate of the left terms' projects is 100 %). ``for_each`` as in :class:`Partition`.
    """

    id: str
    zh: str
    left: tuple[Term, ...]
    op: Literal["=", "<=", ">="]
    right: tuple[Term, ...]
    severity: Severity
    authority: str
    certainty: Certainty = "attested"
    explain: str = ""
    kinds: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    for_each: str = ""


@record
class Pairing:
    """Two figures of which one cannot be zero while the other is not (money and its count; batches and persons).

    ``op`` ``<=>``: ``a`` > 0 exactly when ``b`` > 0; ``=>``: ``a`` > 0 only when ``b`` > 0.
    """

    id: str
    zh: str
    a: Ref
    b: Ref
    op: Literal["<=>", "=>"]
    severity: Severity
    authority: str
    certainty: Certainty = "attested"


@record
class HeadingRole:
    """A section by meaning: ``role`` (narrative.income), its usual titles (matched by likeness), number, level, parent role.

    ``region`` is what its paragraphs are (narrative, glossary, annex, statements, overview). ``required``: a whole document must have it.
    """

    role: str
    titles: tuple[str, ...]
    level: int
    order: int
    number: str = ""
    parent: str = ""
    region: str = ""
    required: bool = False
    short: str = ""
    speaks: Ref | None = None  # what the section as such speaks of: a bare 支出决算 there is of it


@record
class Duty:
    """A duty of disclosure. It is met when every ref of ``refs`` (or any, with ``any_of``) is stated, or ``role`` exists with content."""

    id: str
    zh: str
    authority: str
    refs: tuple[Ref, ...] = ()
    any_of: bool = False
    role: str = ""
    unless_zero: Ref | None = None  # not applicable where this amount is zero
    kinds: tuple[str, ...] = ("department", "unit")
    certainty: Certainty = "attested"


@record
class Authority:
    """A law, notice, form or template: what may be cited. ``certainty`` of our knowledge of its wording."""

    id: str
    zh: str
    document: str = ""
    article: str = ""
    years: str = ""
    certainty: Certainty = "attested"


@record
class Code:
    """A row of a code table: 类 has 3 digits, 款 5, 项 7."""

    code: str
    name: str
    level: Literal["类", "款", "项"]
    parent: str
    certainty: Certainty


@record
class Residue:
    """A template remnant. ``pattern`` is a regular expression on the reading text; ``severity`` as reported; ``zh`` says what it is."""

    id: str
    pattern: str
    severity: Severity
    zh: str
    roles: tuple[str, ...] = ()


@record
class Resolution:
    """What a printed 类/款/项 path means. ``suggestion`` is the official path where the print deviates.

    ``code`` is the longest code that all printed names support ("" where none); ``best`` the code that is most probably meant (the same
    as ``code`` unless the names contradict each other), "" where nothing is probable. ``certainty`` is the weakest of the rows used.
    ``problems``: ``unknown_name`` (not in the table), ``misfiled`` (款 or 项 under a 类 or 款 that is not its own), ``wrong_level`` (a 款
    used as 类 …), ``old_name``, ``missing_suffix`` (支出 left off a 款 or 项), ``misprint`` (a character or two away, or a damaged end).
    """

    code: str
    certainty: str
    problems: tuple[str, ...] = ()
    suggestion: str = ""
    best: str = ""


@record
class Footing:
    """What adds up inside the statements: ``whole`` = Σ ``parts``, once for every stated value of the dimensions of ``for_each``.

    ``for_each``: (dimension, level) pairs, the level "" where any will do; whole and parts carry these dimensions without naming them. A part
    with ``each`` is the sum over what stands beneath the whole in that dimension. A part marked optional may be a line that was left out.
    """

    id: str
    zh: str
    whole: Ref
    parts: tuple[Term, ...]
    for_each: tuple[tuple[str, str], ...]
    authority: str
    certainty: Certainty = "attested"


@record
class StatementColumn:
    """A column of a statement. ``levels``: its heads from the outermost in, the side's title first; ``others``: heads it is read by as well.

    ``number`` is its 栏次. What a cell of it means is ``ref`` with what its line adds (None: the line says it all); see
    :func:`gouji.standards.statements.cell_key`. ``code``: the economic code of a generated column. ``optional``: may be left out where the
    whole column is blank.
    """

    levels: tuple[str, ...]
    ref: Ref | None = None
    number: str = ""
    code: str = ""
    optional: bool = False
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def title(self) -> str:
        """The title that records and JSON use."""
        return " / ".join(self.levels)


@record
class StatementLine:
    """A line of a statement. ``number`` is its 行次; ``names`` its printed name first, then others it is read by.

    ``each``: the line stands for many: ``function`` one for every functional code with an amount (类, 款, 项 in the order of the codes),
    ``project`` the same with each 项 followed by its projects. A line without a name, a code and ``each`` is blank: it only keeps the two
    sides level, and no record holds a row for it (except for the one line of a statement without names, which is ``total``).
    ``ref`` replaces the column's concept (its dimensions are joined, the column's phase stays); ``code`` is a functional (``function``) or
    economic code as ``dimension`` says. ``optional``: may be left out where no cell of it has an amount.
    """

    names: tuple[str, ...] = ("",)
    number: str = ""
    ref: Ref | None = None
    code: str = ""
    dimension: str = ""
    total: bool = False
    each: str = ""
    optional: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def blank(self) -> bool:
        return not (self.name or self.code or self.each or self.total)


@record
class StatementSide:
    """One of the sides that stand next to each other (收入 | 支出). ``stub``: the heads (by levels) of the columns that name a line: none for a
    statement with one nameless line, 项目 and 行次, or code and name."""

    title: str
    stub: tuple[tuple[str, ...], ...]
    columns: tuple[StatementColumn, ...]
    lines: tuple[StatementLine, ...]


@record
class StatementLayout:
    """A statement as a form: ``title`` and ``titles`` it is read by, ``number`` (公开01表, "" where none is printed), ``source`` sheet (财决01).

    ``notes`` (附注) and ``empty`` (what an empty statement says) hold {word} for 部门 or 单位, {year} and {unit}: :func:`gouji.standards.statements.note`.
    """

    id: str
    title: str
    titles: tuple[str, ...]
    number: str
    source: str
    sides: tuple[StatementSide, ...]
    notes: tuple[str, ...]
    empty: str
    authority: str
    certainty: Certainty = "attested"

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles of all its columns, as a :class:`~gouji.model.statement.Statement` with every column has them."""
        return tuple(dict.fromkeys(column.title for side in self.sides for column in side.columns))


@record
class Standards:
    """All that applies to one jurisdiction and year, packs merged from the general to the particular."""

    packs: tuple[Pack, ...]
    jurisdiction: str
    year: int
    concepts: dict[str, Concept]
    aliases: tuple[Alias, ...]
    phrases: tuple[Phrase, ...]
    partitions: tuple[Partition, ...]
    equations: tuple[Equation, ...]
    headings: tuple[HeadingRole, ...]
    duties: tuple[Duty, ...]
    authorities: dict[str, Authority]
    residues: tuple[Residue, ...]
    functions: dict[str, Code]
    economics: dict[str, Code]
    old_names: dict[str, str] = field(default_factory=dict)  # former or current short names of functional rows → today's name
    settings: dict[str, str] = field(default_factory=dict)  # e.g. completion_base: budget_adjusted | budget_initial
    templates: dict[str, str] = field(default_factory=dict)  # sentence id → sentence in the slot notation
    notes: tuple[str, ...] = ()  # e.g. "未知辖区，按全国通用标准判断"
    pairings: tuple[Pairing, ...] = ()
    template_variants: dict[str, tuple[str, ...]] = field(default_factory=dict)  # sentence id → all wordings, templates[id] the first
    statements: tuple[StatementLayout, ...] = ()  # in the order of the disclosure
    disclosure: tuple[dict[str, Any], ...] = ()  # the steps of writing one, see gouji.standards.plan
    explanations: dict[str, str] = field(default_factory=dict)  # term or name of a 项 → what the glossary says of it
    footings: tuple[Footing, ...] = ()
