"""The web page: nothing of a document can act in it, nothing of it leaves the machine, nothing of the text is lost."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from gouji.model.figure import Cell, Place
from gouji.model.finding import Finding, LawTrace, Report, Suspect
from gouji.model.outline import Outline
from gouji.rendering.checked import CheckedDocument, Failure
from gouji.rendering.marks import marks
from gouji.rendering.page import page, script_json
from rendering.sample import NAMES, read, sample, spotless, with_form

VOID = {"meta", "br", "hr", "input", "link", "col"}
OPTIONAL = {"li", "td", "tr", "th", "dt", "dd", "tbody", "thead", "p", "colgroup"}


class Seen(HTMLParser):
    """Tags, attributes, and the words inside the element with class ``text`` (the document's own text)."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words = ""
        self.depth = 0
        self.table = 0  # inside a form's table, which says again what the text beneath it says
        self.stack: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append((tag, held))
        if tag not in VOID:
            self.stack.append(tag)
        if held.get("class") == "text":
            self.depth = len(self.stack)
        if held.get("class") in ("sheet", "title"):
            self.table = self.table or len(self.stack)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack[-1] != tag and self.stack[-1] in OPTIONAL:
            self.stack.pop()
        assert self.stack, tag
        assert self.stack.pop() == tag
        if len(self.stack) < self.depth:
            self.depth = 0
        if len(self.stack) < self.table:
            self.table = 0

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] == "script":
            self.scripts.append(data)
        elif self.depth and not self.table and "summary" not in self.stack:
            self.words += data

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]


def squeezed(text: str) -> str:
    return re.sub(r"[\s┊]+", "", text)


def test_the_whole_text_stands_in_the_page() -> None:
    checked = sample()
    assert squeezed(Seen(page([checked])).words) == squeezed(checked.dossier.outline.text)


def test_text_without_an_outline_is_shown_too() -> None:
    dossier = dataclasses.replace(read(), facts=(), outline=Outline("甲局\n\n  乙 < 丙 & 丁\n"))
    shown = Seen(page([CheckedDocument(dossier, Report(), {})]))
    assert squeezed(shown.words) == "甲局乙<丙&丁"


def test_every_figure_is_marked_and_named() -> None:
    shown = Seen(page([sample()]))
    figures = [attrs for tag, attrs in shown.tags if tag == "a" and str(attrs.get("class")).startswith("f ")]
    assert len(figures) == len(sample().dossier.facts)
    assert "基本支出 · 占比" in [attrs["title"] for attrs in figures]


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    shown = Seen(page([sample(), spotless()], [Failure("坏.doc", "坏")]))
    ids = shown.ids()
    assert len(ids) == len(set(ids))
    for tag, attrs in shown.tags:
        if tag == "a" and attrs.get("href") not in (None, "#top"):
            assert str(attrs["href"]).removeprefix("#") in ids


ATTACKS = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)",
    "</style><script>alert(1)</script>", "<!--<script>", "]]><svg onload=alert(1)>", "javascript:alert(1)", "\u2028alert(1)", "&lt;script&gt;",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_word_of_a_document_acts_in_the_page(attack: str) -> None:
    lines = (
        ("narrative", "heading", f"一、{attack}"),
        ("narrative", "prose", f"支出{attack}[[expenditure.total|amount||8.00万元]]。"),
        ("form", "cell", attack),
    )
    dossier = read(lines)  # type: ignore[arg-type]
    fact = dossier.facts[0]
    dossier = dataclasses.replace(dossier, facts=(dataclasses.replace(fact, key=fact.key._replace(dimensions=(("project", attack),), scope=attack)),))
    dossier = dataclasses.replace(dossier, unit=attack, notes=(attack,), jurisdiction=attack, source=dataclasses.replace(dossier.source, path=attack))
    place = dossier.facts[0].place
    finding = Finding(attack, attack, "error", attack, attack, attack, (place,), attack, attack, (attack, attack), attack, (0,),
                      (Suspect(0, attack, (attack,), attack),), attack, attack, (attack,), True, (attack,))
    report = Report((finding, dataclasses.replace(finding, justification=attack)), (), (LawTrace(attack, (0,), False, attack),), (attack,))
    checked = CheckedDocument(dossier, report, {"expenditure.total": attack})
    shown, usual = Seen(page([checked], [Failure(attack, attack)])), Seen(page([sample()], [Failure("坏.doc", "坏")]))
    assert {tag for tag, _ in shown.tags} <= {tag for tag, _ in usual.tags} | {"br", "small"}
    assert sum(tag == "script" for tag, _ in shown.tags) == 2
    assert not any(name.startswith("on") or name in ("src", "autofocus") for _, attrs in shown.tags for name in attrs)
    assert all(str(attrs["href"]).startswith("#") for _, attrs in shown.tags if "href" in attrs)
    data = json.loads(shown.scripts[0])
    assert data["findings"][0][0] == attack.replace("\u2028", "\u2028")


def test_json_in_a_script_cannot_end_it() -> None:
    text = script_json({"a": "</script><!-- & \u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!-- & \u2028"}


def test_nothing_is_fetched_and_only_our_script_may_run() -> None:
    text = page([sample()])
    assert not re.search(r"https?://|@import|url\(|@font-face", text)
    policy = re.search(r"script-src 'sha256-([^']+)'", text)
    assert policy is not None
    script = Seen(text).scripts[-1]
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() == policy[1]
    assert "default-src 'none'" in text


def test_the_data_tell_of_every_fact_its_place_laws_and_repetitions() -> None:
    checked = sample()
    data = json.loads(Seen(page([checked])).scripts[0])
    found = marks(checked, [*checked.open_findings(), *checked.accepted_findings()])
    assert [data["strings"][fact[1]] for fact in data["facts"]][:2] == ["3120.50万元", "减少 214.30万元"]
    for fact, row in zip(checked.dossier.facts, data["facts"], strict=True):
        assert found[row[0]].start <= fact.place.start < found[row[0]].end
        assert data["strings"][row[2]] == NAMES[fact.concept]
    groups = [row[5] for row in data["facts"]]
    assert (groups[4] == groups[9]) is (checked.dossier.facts[4].key == checked.dossier.facts[9].key)
    assert [law[0] for law in data["laws"]] == [1, 0, 1, 1]


def test_states_of_figures() -> None:
    checked = sample()
    states = {checked.dossier.outline.text[m.start : m.end]: m.state for m in marks(checked, checked.open_findings())}
    assert states["37.95%"] == "error"
    assert states["214.30万元"] == "holds"
    assert states["12.00万元"] == "bound"
    assert states["增加/减少"] == "warning"
    assert states["2022"] == "other"
    assert states["4"] == "unbound"


def test_marks_are_disjoint_ordered_and_never_cut_a_figure() -> None:
    checked = sample()
    figure = checked.dossier.facts[3].place
    places = (Place(figure.start + 2, figure.end + 5, 5), Place(figure.start - 3, figure.start + 1, 5), Place(0, len(checked.dossier.outline.text), 1), Place(7, 7, 1))
    findings = [Finding(str(i), "x", "warning", "", "坏", "", (place,)) for i, place in enumerate(places)]
    found = marks(checked, findings)
    for one, other in pairwise(found):
        assert one.end <= other.start
    assert sum(m.start == figure.start and m.end == figure.end for m in found) == 1


def test_a_page_without_findings_says_what_was_looked_at() -> None:
    text = page([spotless()])
    assert "在读懂的 2 个数字、1 条关系范围内没有发现问题" in text
    assert "公开义务" in text


def test_the_same_input_gives_the_same_page() -> None:
    assert page([sample(), spotless()]) == page([sample(), spotless()])


def test_a_big_document_stays_light_and_its_forms_are_folded() -> None:
    rows = [("narrative", "heading", "二、支出决算情况说明")]
    rows += [("narrative", "prose", f"第{i}项支出[[expenditure.total|amount|item={i}|{i}.25万元]]，占[[expenditure.total|share|item={i}|1.25%]]。") for i in range(1, 1200)]
    rows += [("form", "cell", f"项目说明文字{i}" if i % 3 else "((form|100))") for i in range(20_000)]
    dossier = read(tuple(rows))  # type: ignore[arg-type]
    laws = tuple(LawTrace("share", (i, i + 1), True, "项目支出 1880.14 ÷ 本年支出合计 3120.50 = 60.25%") for i in range(len(dossier.facts) - 1))
    text = page([CheckedDocument(dossier, Report((), (), laws), NAMES)])
    assert len(text.encode()) < 3_000_000
    assert text.count("<details class=fold>") == 1


def test_the_text_is_whole_where_forms_are_shown_as_tables() -> None:
    checked = with_form()
    assert squeezed(Seen(page([checked])).words) == squeezed(checked.dossier.outline.text)


def test_a_form_is_a_table_with_its_findings_marked() -> None:
    checked = with_form()
    text = page([checked])
    found = marks(checked, checked.open_findings())
    cells = re.findall(r'<td[^>]*><a class="(f \w)" href="#d0m(\d+)" data-m=(\d+)(?: data-n="(\d+)")?>([^<]*)</a>', text)
    assert [(kind, words, number) for kind, _, _, number, words in cells if kind == "f e"] == [("f e", "20", "1")]
    for _, target, mark, _, words in cells:
        assert target == mark
        assert checked.dossier.outline.text[found[int(mark)].start : found[int(mark)].end] == words
    assert "<th>二级指标" in text
    assert "部门预算项目支出绩效自评表（2023年度）" in text
    assert "自评表 2</button>" in text
    assert "<b class='count e'>1</b>" in text
    assert '<td class=prose rowspan=2>部门预算管理' in text


def test_the_words_of_a_form_that_the_file_gives_as_a_table_stand_in_its_rows_beneath_it() -> None:
    checked = with_form()
    outline = checked.dossier.outline
    gridded = tuple(p._replace(cell=Cell(0, i, 0)) if p.region == "form" and i > 1 else p for i, p in enumerate(outline.paragraphs))
    dossier = dataclasses.replace(checked.dossier, outline=dataclasses.replace(outline, paragraphs=gridded))
    text = page([dataclasses.replace(checked, dossier=dossier)])
    assert text.count("<table class=sheet>") == text.count("<table class=form>") == text.count("<details class=raw>") == 2
    assert "<p class=loose>项目名称</p>" in text
    assert squeezed(Seen(text).words) == squeezed(outline.text)


def test_repeated_remarks_of_reading_are_said_once() -> None:
    checked = sample()
    dossier = dataclasses.replace(checked.dossier, notes=("年度目标未能确定归属",) * 7)
    assert page([dataclasses.replace(checked, dossier=dossier)]).count("年度目标未能确定归属") == 1


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def seen_by_a_browser(text: str, at: str, folder: Path) -> str:
    """The document as a browser holds it after the page's own script has run, opened at an address inside it."""
    assert CHROMIUM is not None
    path = folder / "报告.html"
    path.write_text(text, encoding="utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", "--dump-dom")
    return subprocess.run((CHROMIUM, *options, f"{path.as_uri()}#{at}"), capture_output=True, text=True, timeout=60, check=True).stdout


@pytest.mark.skipif(CHROMIUM is None, reason="no browser here")
@pytest.mark.parametrize(
    ("checked", "fact", "said"),
    [
        (sample(), 5, ("37.95%", "基本支出", "占比", "参与的关系", "不成立", "这里的问题")),
        (sample(), 3, ("3120.50万元", "本年支出合计", "基本支出 1240.36 + 项目支出 1880.14 = 本年支出合计 3120.50", "成立")),
        (with_form(), 3, ("20", "得分", "项目", "这里的问题")),
    ],
)
def test_a_figure_explains_itself_in_a_browser(checked: CheckedDocument, fact: int, said: tuple[str, ...], tmp_path: Path) -> None:
    found = marks(checked, checked.open_findings())
    mark = next(i for i, each in enumerate(found) if fact in each.facts)
    shown = seen_by_a_browser(page([checked]), f"d0m{mark}", tmp_path)
    panel = html.unescape(re.sub(r"<[^>]+>", " ", shown[shown.index("<aside") : shown.index("</aside>")]))
    for words in said:
        assert words in panel


def test_the_standards_are_called_by_their_place_in_chinese() -> None:
    checked = sample()
    pack = dataclasses.replace(checked.dossier.packs[0], id="cn-sichuan")
    text = page([dataclasses.replace(checked, dossier=dataclasses.replace(checked.dossier, jurisdiction="cn-sichuan", packs=(pack,)))])
    assert text.count("四川省") >= 3, "the place, the standards, the foot"
    assert not re.search(r">[^<{]*cn-sichuan", text)
    assert "未识别" in page([dataclasses.replace(checked, dossier=dataclasses.replace(checked.dossier, jurisdiction=""))])
