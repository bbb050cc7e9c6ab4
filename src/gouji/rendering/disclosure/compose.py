"""``compose``: a compiled dossier → the disclosure in its official order (编制公开稿).

The plan of the jurisdiction (:mod:`gouji.standards.plan`) says what follows what and under which condition which sentence is written; the sentences are
templates; the figures are the dossier's. Nothing is computed and nothing invented: what a sentence needs and the dossier lacks is a :class:`Missing`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from gouji.model.dossier import Dossier
from gouji.model.regex import regex
from gouji.rendering.disclosure.annex import evaluation_blocks, form_blocks, renumbered, statement_blocks
from gouji.rendering.disclosure.blocks import Block, Chart, ChartPoint, Contents, Cover, Disclosure, Heading, Missing, Paragraph, Run
from gouji.rendering.disclosure.figures import Figures
from gouji.rendering.disclosure.sentences import Sentences, listed
from gouji.rendering.disclosure.words import basic_names, explanation, explanations, function_path, function_short
from gouji.standards.pack import Ref, Standards
from gouji.standards.plan import Case, Each, Step, plan_of

#: How the pieces of a list in a sentence are joined.
_MARKS = {"classes": "；", "receptions": "；"}
_FULL_STOP = regex(r"[。！？：；]$")


def compose(dossier: Dossier, standards: Standards) -> Disclosure:
    """The whole disclosure of a compiled dossier, with everything it lacks listed in ``missing``."""
    return _Composer(dossier, standards).run()


class _Composer:
    """Walks the plan once."""

    def __init__(self, dossier: Dossier, standards: Standards) -> None:
        self.dossier, self.standards = dossier, standards
        self.kind: Literal["department", "unit"] = "unit" if dossier.kind == "unit" else "department"
        self.word = "单位" if self.kind == "unit" else "部门"
        self.figures = Figures(dossier, standards)
        self.sentences = Sentences(self.figures, self.word)
        self.blocks: list[Block] = []
        self.missing: list[Missing] = []
        self.withheld: list[str] = []
        self.where = ""
        self.charts = 0
        self.left_out: dict[int, int] = {}  # headings left out before the next one of their level
        self.closed_at = 0  # the level of a section that is left out while it lasts
        self.zero_base = False  # the sentence being written tells a change that has no rate
        self.unbudgeted = False  # … tells of money for which there was no budget

    def run(self) -> Disclosure:
        self.withheld += [f"功能科目{code}" for code in self.figures.classified["function"]]
        for step in plan_of(self.standards):
            if step.kind == "heading":
                self.heading(step)
                continue
            if self.closed_at > 1 and step.kind in ("evaluation", "forms", "statements"):
                self.closed_at = 0  # a section left out before them does not take them with it
            if not self.closed_at and self.figures.all_hold(step.conditions):
                self.step(step)
        title = f"{self.dossier.unit}{self.figures.year}年度{self.word}决算"
        return Disclosure(title, self.dossier.unit, self.figures.year, self.kind, tuple(self.blocks), tuple(self.missing), tuple(self.withheld))

    def text(self, text: str) -> str:
        """A text of the plan with its words filled in."""
        values = {"Y": str(self.figures.year), "Y-1": str(self.figures.year - 1), "unit": self.dossier.unit, "word": self.word}
        return re.sub(r"\{([^{}]+)\}", lambda match: values.get(match[1], match[0]), text)

    def heading(self, step: Step) -> None:
        roles = {heading.role: heading for heading in self.standards.headings}
        level = roles[step.name].level
        if self.closed_at and level > self.closed_at:
            return
        self.closed_at = 0
        self.left_out = {each: count for each, count in self.left_out.items() if each <= level}
        if not self.figures.all_hold(step.conditions):
            self.closed_at = level
            self.left_out[level] = self.left_out.get(level, 0) + 1
            return
        self.where = renumbered(self.text(step.text), self.left_out.get(level, 0))
        self.blocks.append(Heading(level, self.where, step.name, f"s{len(self.blocks)}"))
        slot = f"classified.{step.name}"
        if slot in self.figures.texts:
            self.closed_at = level
            self.withheld.append(self.where)
            self.blocks.append(Paragraph((Run(self.figures.texts[slot], None, "author", slot),)))

    def step(self, step: Step) -> None:
        if step.kind == "cover":
            self.blocks.append(Cover(tuple(self.text(step.text).split("\n"))))
        elif step.kind == "contents":
            self.blocks.append(Contents(step.text))
        elif step.kind == "write":
            self.write(step)
        elif step.kind == "author":
            self.author(step.name)
        elif step.kind == "list":
            self.units(step.name)
        elif step.kind == "chart":
            self.chart(step)
        elif step.kind == "glossary":
            self.glossary()
        elif step.kind == "forms":
            self.forms()
        elif step.kind == "evaluation":
            self.evaluation()
        elif step.kind == "statements":
            self.blocks += statement_blocks(self.dossier, self.standards, self.figures)

    def forms(self) -> None:
        """The forms, as many as the narrative announces."""
        forms, withheld = form_blocks(self.dossier, self.standards, self.figures)
        self.blocks += forms
        self.withheld += withheld
        if withheld:  # said at the head of the annex, before the report
            at = next((at for at, block in enumerate(self.blocks) if isinstance(block, Heading) and block.role == "part.annex"), len(self.blocks) - 1)
            self.blocks.insert(at + 1, Paragraph((Run(self.standards.settings["classified_forms_note"]),)))
        announced = self.figures.find(Ref("performance.self_evaluated", "count"))
        have = sum(not project.overall for project in self.dossier.projects)
        if announced is not None and announced.figure.value != have:
            why = f"开展绩效自评的项目是{announced.figure.value:f}个，自评表有{have}张，须一致"
            self.missing.append(Missing("performance.self_evaluated", self.where, why))

    def evaluation(self) -> None:
        """The table of scores; one that lacks data is not written, and that is said."""
        blocks = evaluation_blocks(self.dossier)
        self.blocks += blocks
        if len(blocks) < len(self.dossier.evaluations):
            self.missing.append(Missing("evaluation", self.where, "部门整体绩效评价的数据不全，没有总分，评分表没有写入；缺哪些见编制结果的说明", required=False))

    # ---------------------------------------------------------------------------------------------------- sentences

    def write(self, step: Step) -> None:
        if step.each is None:
            self.one(step, "", "")
            return
        wanted = self.sentences.wants(step.cases[-1].name)
        stars = self.figures.stars(wanted[0].ref, step.each.dimension, step.each.level) if wanted and wanted[0].ref else []
        for number, star in enumerate(stars, 1):
            self.one(step, star, f"{number}." if step.numbered else "")
        if wanted and wanted[0].ref and self.figures.stars(wanted[0].ref, step.each.dimension, step.each.level, hidden=True):
            self.blocks.append(Paragraph((Run(self.standards.settings["classified_note"]),)))

    def one(self, step: Step, star: str, number: str) -> None:
        """A paragraph of one sentence, or a sentence more in the last paragraph."""
        case = next((case for case in step.cases if self.figures.all_hold(case.conditions, star)), None)
        if case is None:
            return
        asked = [(slot, sentence, each) for slot, sentence, each in step.lists if self.sentences.asks(case.name, slot)]
        lists = {slot: self.listed(sentence, each, _MARKS.get(slot, "、")) for slot, sentence, each in asked}
        self.zero_base = self.sentences.rate_missing(case.name, star, "change_rate")
        self.unbudgeted = self.sentences.rate_missing(case.name, star, "completion")
        runs = self.sentences.write(case.name, lambda slot: lists.get(slot) or self.given(slot, star), star)
        for need in step.needs:
            self.need(need, star)
        if runs is None:
            self.lacking(case.name, star)
            return
        if number:
            runs = listed([(Run(number), *runs)], "")
        if any(self.hidden(sentence, each) for _, sentence, each in step.lists):
            runs = (*runs, Run(self.standards.settings["classified_note"]))
        last = self.blocks[-1]
        if step.style == "same" and isinstance(last, Paragraph):
            self.blocks[-1] = Paragraph((*last.runs, *runs))
        else:
            self.blocks.append(Paragraph(runs))

    def hidden(self, sentence: str, each: Each) -> bool:
        """Whether classified items are left out of a list."""
        wanted = self.sentences.wants(sentence)
        return bool(wanted and wanted[0].ref and self.figures.stars(wanted[0].ref, each.dimension, each.level, hidden=True))

    def listed(self, sentence: str, each: Each, mark: str) -> tuple[Run, ...]:
        """The list that stands in a text slot: one piece for every value."""
        wanted = self.sentences.wants(sentence)
        stars = self.figures.stars(wanted[0].ref, each.dimension, each.level) if wanted and wanted[0].ref else []
        pieces = []
        for star in stars:
            runs = self.sentences.write(sentence, lambda slot, star=star: self.given(slot, star), star)  # type: ignore[misc]
            if runs is None:
                self.lacking(sentence, star)
            else:
                pieces.append(runs)
        return listed(pieces, mark)

    def given(self, slot: str, star: str) -> tuple[Run, ...] | None:
        """What stands in a text slot: what the classification or the figures say, else what the author wrote (for this value, or for all)."""
        if slot == "path":
            return (Run(function_path(self.standards, star)),)
        if slot == "class":
            return (Run(function_short(self.standards, star)),)
        if slot in ("name", "guest"):
            return (Run(self.standards.settings.get(f"name.{star}", star)),)
        if slot == "unbudgeted":
            return (Run(self.standards.settings["unbudgeted_note"]),) if self.unbudgeted else None
        if slot == "projects":
            return self.projects()
        if slot == "base_zero":
            return (Run(self.standards.settings["zero_base_note"]),) if self.zero_base else None
        for name in (f"{slot}.{star}", slot) if star else (slot,):
            if (text := self.figures.texts.get(name)) is not None:
                return (Run("".join(text.split("\n")), None, "author", name),)
        if slot == "use.item" and (said := explanation(self.standards, self.figures, star)) is not None:
            return (Run(re.sub(r"^(?:指|反映)|[。；]$", "", said)),)
        if slot in ("personnel", "public"):
            names = basic_names(self.dossier, self.standards, slot, self.figures)
            return (Run("、".join(names)),) if names else None
        return None

    def projects(self) -> tuple[Run, ...] | None:
        """The projects that are named, but for those whose names are classified."""
        secret = {project.name.text for project in self.dossier.projects if project.key in self.figures.classified["project"]}
        names = [name for name in self.figures.texts.get("projects", "").split("、") if name and name not in secret]
        return (Run("、".join(names), None, "author", "projects"),) if names else None

    def need(self, need: Case, star: str) -> None:
        if not self.figures.all_hold(need.conditions, star) or self.given(need.name, star) is not None:
            return
        slot = f"{need.name}.{star}" if star else need.name
        what = function_path(self.standards, star) if star in self.standards.functions else ""
        self.missing.append(Missing(slot, self.where, f"{what}{'：' if what else ''}{self.standards.settings.get('why.' + need.name.partition('.')[0], '须由单位填写')}"))

    def lacking(self, name: str, star: str) -> None:
        """A sentence that cannot be written, slot by slot."""
        for slot in dict.fromkeys(self.sentences.lacking):
            if slot.ref is None:
                named = slot.key.removeprefix("text:")
                self.missing.append(Missing(f"{named}.{star}" if star else named, self.where, "句中的这段文字没有给出"))
            else:
                zh = self.standards.concepts[slot.ref.concept].zh
                of = f"（{star}）" if star else ""
                self.missing.append(Missing(slot.key, self.where, f"账套没有给出“{zh}”{of}的数据，这句话写不出来"))

    # ------------------------------------------------------------------------------------------------- authors' texts

    def author(self, slot: str) -> None:
        text = self.figures.texts.get(slot)
        if text is None:
            self.missing.append(Missing(slot, self.where, "这一节由单位撰写，没有给出文字"))
            return
        for line in filter(None, (line.strip() for line in text.split("\n"))):
            stop = () if _FULL_STOP.search(line) else (Run("。"),)
            self.blocks.append(Paragraph((Run(line, None, "author", slot), *stop)))

    def units(self, slot: str) -> None:
        """The subordinate units by name, as many as are counted."""
        text = self.figures.texts.get(slot)
        if text is None:
            return
        names = [name.strip() for name in re.split(r"[\n、；;]", text) if name.strip()]
        lead = self.text(self.standards.settings["units_lead"])
        self.blocks.append(Paragraph((Run(lead),)))
        self.blocks += [Paragraph((Run(f"{at}."), Run(name, None, "author", slot))) for at, name in enumerate(names, 1)]

    # --------------------------------------------------------------------------------------------------------- charts

    def chart(self, step: Step) -> None:
        points: list[ChartPoint] = []
        for point in step.points:
            stars = self.figures.stars(point.ref, point.each.dimension, point.each.level) if point.each else [""]
            for star in stars:
                fact = self.figures.find(point.ref, star)
                if fact is None:
                    continue
                label = function_short(self.standards, star) + "支出" if point.label == "*" else self.text(point.label)
                value = self.figures.value(fact)
                if step.chart == "column" or value > 0:
                    rate = self.figures.find(replace(point.ref, measure="share"), star) if step.chart == "pie" else None
                    points.append(ChartPoint(label, value, f"{value:.2f}", fact.id, f"{self.figures.shown(rate)}%" if rate is not None else ""))
        if not any(point.value for point in points) or (step.chart == "column" and len(points) < 2):
            return
        self.charts += 1
        caption = f"图{self.charts}：{step.text}"
        self.blocks.append(Chart(self.charts, caption, step.text, step.chart, "万元", tuple(points)))

    # ------------------------------------------------------------------------------------------------------- glossary

    def glossary(self) -> None:
        narrative = "".join(block.text for block in self.blocks if isinstance(block, Paragraph))
        step = next(each for each in plan_of(self.standards) if any(case.name.startswith("general.item") for case in each.cases))
        wanted = self.sentences.wants(step.cases[-1].name)
        told = self.figures.stars(wanted[0].ref, "function", "项") if wanted and wanted[0].ref else []
        items = sorted({*told, *self.figures.printed_items()})
        entries, unexplained = explanations(self.standards, self.figures, narrative, items)
        for at, entry in enumerate(entries, 1):
            self.blocks.append(Paragraph((Run(f"{at}."), Run(entry))))
        for code in unexplained:
            self.missing.append(Missing(f"glossary.{code}", self.where, f"{function_path(self.standards, code)}没有解释", required=False))
