"""A fictitious disclosure for tests of the outline, and the damage that files do to such texts."""

from __future__ import annotations

import re

UNIT = "云岭市林泉区文化和旅游局"

#: (heading with its number, role, its paragraphs)
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("第一部分 部门概况", "part.overview", ()),
    ("一、部门职责", "overview.duties", (
        "（一）拟订全区文化和旅游事业的发展规划，组织实施重点文化设施建设，管理公共文化服务。",
        "（二）指导基层文化站的业务工作，保护非物质文化遗产。",
    )),
    ("二、机构设置", "overview.organisation", (
        f"{UNIT}下属二级预算单位2个，其中行政单位0个，参照公务员法管理的事业单位1个，其他事业单位1个。",
    )),
    ("第二部分 2023年度部门决算情况说明", "part.narrative", ()),
    ("一、收入支出决算总体情况说明", "narrative.total", (
        "2023年度收、支总计均为1826.4万元。与2022年度相比，收、支总计各增加126.4万元，增长7.44%。主要变动原因是新建的图书馆本年开馆，购书和设备支出增加。",
    )),
    ("二、收入决算情况说明", "narrative.income", (
        "2023年度本年收入合计1800万元，其中：一般公共预算财政拨款收入1700万元，占94.44%；政府性基金预算财政拨款收入60万元，占3.33%；其他收入40万元，占2.22%。",
    )),
    ("三、支出决算情况说明", "narrative.expenditure", (
        "2023年度本年支出合计1790万元，其中：基本支出990万元，占55.31%；项目支出800万元，占44.69%。",
    )),
    ("四、财政拨款收入支出决算总体情况说明", "narrative.fiscal", (
        "2023年度财政拨款收、支总计均为1780万元。与2022年度相比，财政拨款收、支总计各增加100万元，增长5.95%。主要变动原因是图书馆开馆。",
    )),
    ("五、一般公共预算财政拨款支出决算情况说明", "narrative.general", ()),
    ("（一）一般公共预算财政拨款支出决算总体情况", "narrative.general.overall", (
        "2023年度一般公共预算财政拨款支出1700万元，占本年支出合计的94.97%。与2022年度相比，一般公共预算财政拨款支出增加90万元，增长5.59%。",
    )),
    ("（二）一般公共预算财政拨款支出决算结构情况", "narrative.general.structure", (
        "2023年度一般公共预算财政拨款支出1700万元，主要用于以下方面：文化旅游体育与传媒支出1500万元，占88.24%；社会保障和就业支出200万元，占11.76%。",
    )),
    ("（三）一般公共预算财政拨款支出决算具体情况", "narrative.general.items", (
        "2023年度一般公共预算支出决算数为1700万元，完成预算98.27%。其中：",
        "1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）：支出决算为900万元，完成预算97.83%，决算数小于预算数的主要原因是部分图书次年验收。",
        "2.文化旅游体育与传媒支出（类）文化和旅游（款）行政运行（项）：支出决算为600万元，完成预算98.36%。",
        "3.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）：支出决算为200万元，完成预算100%。",
    )),
    ("六、一般公共预算财政拨款基本支出决算情况说明", "narrative.basic", (
        "2023年度一般公共预算财政拨款基本支出980万元，其中：",
        "人员经费860万元，主要包括：基本工资、津贴补贴、奖金、住房公积金等。",
        "公用经费120万元，主要包括：办公费、水费、电费、差旅费、公务接待费等。",
    )),
    ("七、财政拨款“三公”经费支出决算情况说明", "narrative.three_public", ()),
    ("（一）“三公”经费财政拨款支出决算总体情况说明", "narrative.three_public.overall", (
        "2023年度“三公”经费财政拨款支出决算为9.5万元，完成预算95%，较上年度减少0.5万元，下降5%。",
    )),
    ("（二）“三公”经费财政拨款支出决算具体情况说明", "narrative.three_public.detail", (
        "2023年度“三公”经费财政拨款支出决算中，公务用车购置及运行维护费支出决算6万元，占63.16%；公务接待费支出决算3.5万元，占36.84%。具体情况如下：",
        "1.公务用车购置及运行维护费支出6万元，完成预算100%。与2022年度持平。",
        "2.公务接待费支出3.5万元，完成预算87.5%。国内公务接待31批次，265人次（不包括陪同人员）。",
    )),
    ("八、政府性基金预算支出决算情况说明", "narrative.government_fund", ("2023年度政府性基金预算财政拨款支出60万元。",)),
    ("九、国有资本经营预算支出决算情况说明", "narrative.state_capital", ("2023年度国有资本经营预算财政拨款支出0万元。",)),
    ("十、其他重要事项的情况说明", "narrative.other", ()),
    ("（一）机关运行经费支出情况", "narrative.other.operating_cost", (
        f"2023年度，{UNIT}机关运行经费支出118.6万元，比2022年度增加3.2万元，增长2.77%。主要原因是开放日延长，水电费增加。",
    )),
    ("（二）政府采购支出情况", "narrative.other.procurement", (
        f"2023年度，{UNIT}政府采购支出总额420万元，其中：政府采购货物支出300万元、政府采购工程支出20万元、政府采购服务支出100万元。",
    )),
    ("（三）国有资产占有使用情况", "narrative.other.assets", (f"截至2023年12月31日，{UNIT}共有车辆3辆，其中：其他用车3辆。",)),
    ("（四）预算绩效管理情况", "narrative.other.performance", ("根据预算绩效管理要求，本部门对7个项目编制了绩效目标，组织对7个项目开展绩效自评。",)),
    ("第三部分 名词解释", "part.glossary", (
        "1.财政拨款收入：指单位从本级财政取得的资金。",
        "2.基本支出：指保障机构运转所发生的人员支出和公用支出。",
    )),
    ("第四部分 附件", "part.annex", ()),
    (f"{UNIT}2023年部门整体支出绩效评价报告", "report", ()),
    ("一、部门基本情况", "report.basics", ()),
    ("（一）机构组成。", "report.organisation", ("我局内设5个科室，下属单位2个。",)),
    ("（二）人员概况。", "report.staff", ("2023年末共有编制46名，在职人员43人。",)),
    ("二、部门资金收支情况", "report.funds", ("全年收入1800万元，支出1790万元。",)),
    ("三、部门预算绩效分析", "report.analysis", ("1.履职效能。各项目标按时完成，自评得分14分。",)),
    ("四、评价结论及建议", "report.conclusion", ("综合自评得分93.5分。",)),
)  # fmt: skip

FORM = (
    "\t部门预算项目支出绩效自评表（2023年度）\n\n\t项目名称\n\t公共图书馆免费开放\n\n\t主管部门\n\t文旅部门\n\t实施\n\n单位\n\n（盖章）\n\t林泉区图书馆\n\n"
    "\t绩效指标\n\t一级\n\n指标\n\t二级指标\n\t指标值\n\t完成值\n\t权重\n\t得分\n\n"
    "\t产出指标\n\t数量指标\n\t1.全年开放300天以上。\n\n2.接待读者12万人次，外借图书9万册次，举办活动60场。\n\t300\n\t312\n\t20\n\t20\n\n\t合计\n\t100\n\t98\n\n\n"
)
STATEMENTS = ("第五部分 附表", "一、收入支出决算总表", "二、收入决算表", "三、支出决算表")


def headings() -> list[str]:
    return [heading for heading, _, _ in SECTIONS]


def text(contents: bool = True) -> str:
    """The whole disclosure as a text file, a blank line between paragraphs."""
    lines = ["2023年度", UNIT, "部门决算", ""]
    if contents:
        parts = [h for h in (*headings(), *STATEMENTS) if re.match(r"第.部分|[一二三四五六七八九十]{1,2}、", h)]
        lines += ["目录", "", "公开时间：2024年9月20日", "", *(f"{h}{'.' * 12}{n // 4 + 1}" for n, h in enumerate(parts)), ""]
    for heading, _, body in SECTIONS:
        lines += [heading, "", *(line for paragraph in body for line in (paragraph, ""))]
    return "\n".join(lines) + "\n" + FORM + "\n".join(STATEMENTS) + "\n"


def without_numbers(source: str) -> str:
    """Word's automatic numbers are lost: 一、 and 第二部分 of known headings fall away."""
    for heading in headings():
        bare = re.sub(r"^(?:第.部分 ?|[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]）)", "", heading)
        source = re.sub(rf"^{re.escape(heading)}$", bare, source, flags=re.M)
    return source


def numbered_lower(source: str) -> str:
    """Another province's numbers: the parts are 一、, the sections （一）, what stands under them 1."""
    numerals = "一二三四五六七八九十"
    for heading, role, _ in SECTIONS:
        if role.startswith("report"):
            continue
        if heading.startswith("第"):
            lower = f"{heading[1]}、{heading[5:]}"
        elif heading.startswith("（"):
            lower = f"{numerals.index(heading[1]) + 1}.{heading[3:]}"
        else:
            lower = f"（{heading.partition('、')[0]}）{heading.partition('、')[2]}"
        source = re.sub(rf"^{re.escape(heading)}$", lower, source, flags=re.M)
    return source.replace("第五部分 附表", "五、附表")


def glued(source: str) -> str:
    """Headings run into the paragraph behind them."""
    for heading in headings():
        if not heading.startswith("第") and "报告" not in heading:
            source = source.replace(f"\n{heading}\n\n2023", f"\n{heading}2023")
    return source


def wrapped(source: str, columns: int = 76) -> str:
    """Lines filled to a width (a Chinese character takes two columns) and no blank lines, as text taken from pages."""
    lines: list[str] = []
    for line in source.split("\n"):
        if line.startswith("\t") or not line.strip():
            continue
        start = used = 0
        for at, char in enumerate(line):
            used += 1 if char.isascii() else 2
            if used > columns:
                lines.append(line[start:at])
                start, used = at, 1 if char.isascii() else 2
        lines.append(line[start:])
    return "\n".join(lines)


def page_broken(source: str, every: int = 3) -> str:
    """A page break inside every n-th long paragraph leaves blank lines in the middle of a sentence."""
    found: list[str] = []
    count = 0
    for line in source.split("\n"):
        if len(line) > 50 and "\t" not in line:
            count += 1
            cut = len(line) * 2 // 3
            if count % every == 0 and line[cut - 1] not in "。；：" and line[cut] not in "2其":
                line = f"{line[:cut]}\n\n{line[cut:]}"
        found.append(line)
    return "\n".join(found)


def full_width(source: str) -> str:
    """Digits, points and per cent signs typed full-width."""
    return source.translate({ord(a): ord(b) for a, b in zip("0123456789%", "０１２３４５６７８９％", strict=True)})
