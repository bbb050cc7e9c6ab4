"""What is checked besides the judging rules: the arithmetic laws, the equations of the standards, second inputs. For ``gouji rules``."""

from __future__ import annotations

from gouji.checks.registry import Explanation, Rule, RuleKind
from gouji.model.finding import Severity
from gouji.standards.pack import Certainty, Equation, Ref, Standards


def _entry(
    id: str, zh: str, severity: Severity, what: str, why: str, example: str, message: str, silent: str, *, kind: RuleKind = "law", authority: str = "arithmetic"
) -> Rule:
    return Rule(id, zh, severity, authority, kind, Explanation(what, why, example, message, silent))


LAWS: tuple[Rule, ...] = (
    _entry(
        "whole", "合计等于各项之和", "error",
        "合计应等于其下全部各项之和；只列出部分项目的（“等”“主要包括”），合计不小于所列各项之和。",
        "各项就是合计的分解，差额必是某个数字有误、漏列或重列。",
        "一般公共服务支出12.10万元……各项为8.20万元、3.80万元。",
        "各项之和12.00万元，与合计12.10万元相差0.10万元。",
        "四舍五入能够解释的差额（至多作提示）；句子被截断的清单；读取有疑问的数字。",
    ),
    _entry(
        "share", "占比等于部分除以所称基数", "error",
        "占比应等于该项金额除以句中所称的基数（没有写明的按该指标通常的基数）。",
        "占比由两个金额算出，三者必有一处不符。",
        "本年支出合计24.00万元，其中：基本支出4.00万元，占15.94%。",
        "基本支出4.00万元占本年支出合计24.00万元的16.67%，不是15.94%。",
        "按金额的四舍五入区间可以得到的占比；“99.999%”之类多保留几位的写法。",
    ),
    _entry(
        "shares-total", "占比之和为100%", "warning",
        "同一清单各项占比之和应为100%，允许每项半个末位的出入。",
        "占比之和偏离，说明有一项占比或一项金额有误。",
        "甲占50%；乙占40%（清单只有这两项）。",
        "各项占比之和为90%，不是100%。",
        "只列出部分项目的清单；四舍五入能解释的偏差。",
    ),
    _entry(
        "change", "增减额与增减率", "error",
        "本年数－上年数＝增减额；增减额÷上年数＝增减率。上年数没有写出的，由本年数和增减额倒推。",
        "三个数由两个决定。",
        "支出3.00万元，较上年度减少16.12万元，下降80.27%。",
        "减少16.12万元、上年19.12万元，下降率应为84.31%，不是80.27%。",
        "四舍五入区间能够解释的增减率。",
    ),
    _entry(
        "direction", "增减方向", "error",
        "“增加”“减少”“持平”“大于”“小于”应与数字的大小一致，同一句里增减额与增减率的方向应一致。",
        "方向写反，读者得到相反的结论。",
        "收入总计减少2.00万元，增长3.00%。",
        "减少与增长方向相反。",
        "模板未选定方向的（另报模板残留）。",
    ),
    _entry(
        "zero-base", "上年为零不计算增减率", "error",
        "上年数为零时，增减率没有意义，不应写“增长100%”等。",
        "除数为零。",
        "政府性基金支出102.00万元，比上年增加102.00万元，增长100%。",
        "上年为0，不能计算增长率。",
        "写明“基数为0，不可比”的。",
    ),
    _entry(
        "completion", "完成预算率", "error",
        "完成预算率＝决算数÷所称口径的预算数。",
        "完成率与两个金额互相决定。",
        "全年预算4.00万元，决算3.00万元，完成预算80%。",
        "3.00÷4.00=75%，不是80%。",
        "预算数没有写出且无从倒推的；“完成预算0%”而预算与决算均为零。",
    ),
    _entry(
        "agreement", "同一数字前后一致", "error",
        "同一事项在不同地方写出的数字应当相同（以较粗的精度为准）。相差10的整数次方的，提示单位可能有误。",
        "同一事实只有一个数。",
        "基本支出24.44万元……一般公共预算财政拨款基本支出713.39万元（全部支出均为一般公共预算）。",
        "同一事项写成24.44万元和713.39万元。",
        "口径不同、时点不同的数字；小数位数不同而舍入后相同。",
    ),
    _entry(
        "bound", "部分不超过整体", "error",
        "部分不大于整体，得分不大于分值，人次不少于批次，小微企业金额不大于中小企业金额。",
        "超出即不可能。",
        "指标分值5分，得分12分。",
        "得分12分超过分值5分。",
        "四舍五入能够解释的超出。",
    ),
    _entry(
        "zero-pair", "金额与数量同为零或同不为零", "error",
        "出国费与团组人数、购置费与购置辆数、接待费与批次人次，应同时为零或同时不为零。",
        "没有钱就没有量，有量必有钱。",
        "公务接待费支出0万元……国内公务接待3批次。",
        "公务接待费为0而有3批次。",
        "由对方承担费用并写明的。",
    ),
    _entry(
        "reckoning", "句中自己的算式", "warning",
        "一句话或一段话自己列出的合计、完成率、增减、人均、得分与扣分，应与所列数字算得上。",
        "这些数字不在决算报表里，但句子已经写明怎么算。",
        "计划举办推介会6场，实际举办4场，完成率76.67%。",
        "4÷6=66.67%，不是76.67%。",
        "数字之间还夹着别的内容、单位不同、列举未写全的；四舍五入或舍去尾数能够解释的。",
    ),
    _entry(
        "whole-number", "件数为整数", "error",
        "人数、辆数、批次、个数应为整数。",
        "不可能有半辆车。",
        "共有车辆4.5辆。",
        "车辆数4.5不是整数。",
        "平均数、万人次等以万计的数。",
    ),
)  # fmt: skip

SECOND_INPUTS: tuple[Rule, ...] = (
    _entry(
        "against-prior", "与上年决算核对", "error",
        "本年文件中的上年数（写明的，或由增减额倒推的）应等于上年决算公开的数；年初结转结余应等于上年的年末结转结余。",
        "上年数已经公开，不能自行改变；确有调整的应说明。",
        "本年文件：比2022年度减少16.12万元（倒推上年19.12万元）　上年文件：“三公”经费支出决算18.12万元",
        "由本年文件倒推2022年度“三公”经费支出为19.12万元，上年决算公开为18.12万元，相差1.00万元。",
        "上年文件没有写出的数；四舍五入能够解释的差额；机构改革后单位范围不同且已说明。",
        kind="second-input", authority="statement_totals",
    ),
    _entry(
        "against-budget", "与预算公开核对", "warning",
        "决算中的年初预算数应等于预算公开的数；预算公开的数大于零而决算写“年初预算为零”的，也会报告。",
        "预算批复后即公开，决算中的年初预算应与之相同。",
        "决算：年初预算768.15万元　预算公开：支出总计798.15万元",
        "决算所列年初预算768.15万元，预算公开为798.15万元，相差30.00万元。",
        "决算只写全年（调整后）预算的；预算公开中没有的项目。",
        kind="second-input", authority="disclosure_procedure",
    ),
    _entry(
        "against-approval", "与决算批复核对", "error",
        "公开的决算数应与财政部门批复的决算数相同。",
        "公开的内容以批复为准；财政部检查中“公开数与批复数不符”是常见问题。",
        "决算公开：本年支出合计2653.99万元　批复：本年支出合计2653.19万元",
        "公开的本年支出合计2653.99万元，批复为2653.19万元，相差0.80万元。",
        "批复没有写出的数；以元为单位的批复按公开的精度舍入后比较。",
        kind="second-input", authority="budget_law_14",
    ),
    _entry(
        "folder-members", "部门与所属单位公开是否齐全", "note",
        "同一文件夹里有部门和所属单位的决算公开时，对照部门“机构设置”所列单位，列出缺少和多出的单位。",
        "部门和单位分别公开。",
        "部门列有甲中心、乙站；文件夹里只有甲中心的决算公开",
        "部门机构设置所列的乙站，文件夹里没有它的决算公开。",
        "文件夹里只有一份文件；不单独核算的单位。",
        kind="second-input", authority="budget_regulation_6",
    ),
    _entry(
        "folder-sum", "部门汇总数与单位之和", "warning",
        "部门的本年收入、本年支出等不应大于本级与所属单位之和；小于之和的差额可能是内部调拨，只作提示。",
        "部门决算由本级和所属单位汇总并抵销内部往来而成。",
        "部门本年支出合计100.00万元；各单位合计90.00万元（单位齐全）",
        "各单位本年支出合计之和90.00万元，比部门公开的100.00万元少10.00万元。",
        "单位不齐全；差额可由四舍五入解释。",
        kind="second-input", authority="budget_regulation_6",
    ),
)  # fmt: skip

_CERTAINTY: dict[Certainty, str] = {
    "attested": "", "law": "", "knowledge": "该关系出于专业知识，不作为错误的依据。", "uncertain": "该关系未经证实，只作提示。",
}  # fmt: skip


def equation_rules(standards: Standards) -> tuple[Rule, ...]:
    """The equations of the standards as entries of the catalogue, explained from their own data."""
    return tuple(
        Rule(f"equation.{e.id}", e.zh, _allowed(e), e.authority, "equation", Explanation(_said(e, standards), e.explain, silent=_silent(e)))
        for e in standards.equations
    )  # fmt: skip


def _allowed(equation: Equation) -> Severity:
    """What rests on knowledge alone is never an error, what is uncertain never more than a note."""
    if equation.certainty == "uncertain":
        return "note"
    return "warning" if equation.certainty == "knowledge" and equation.severity == "error" else equation.severity


def _silent(equation: Equation) -> str:
    return _CERTAINTY[equation.certainty] + "关系中有未写出的数字时不判断；四舍五入能够解释的差额不作为错误。"


def _said(equation: Equation, standards: Standards) -> str:
    sign = {"=": " ＝ ", "<=": " ≤ ", ">=": " ≥ "}[equation.op]
    sides = []
    for terms in (equation.left, equation.right):
        parts = []
        for number, term in enumerate(terms):
            name = _name(term.ref, standards) + ("（如有）" if term.optional else "")
            lead = " － " if term.coefficient < 0 else " ＋ " if number else ""
            parts.append(lead + name)
        sides.append("".join(parts) or "0")
    return sign.join(sides) + "。"


def _name(ref: Ref, standards: Standards) -> str:
    concept = standards.concepts.get(ref.concept)
    name = concept.zh if concept else ref.concept
    marks = [
        {"general_budget": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本经营预算", "fiscal": "财政拨款", "other": "其他资金"}.get(v)
        or (standards.functions[v].name if v in standards.functions else v)
        for _, v in ref.dimensions
    ]
    if ref.each:
        marks.append(f"每个{ref.each.rpartition('@')[2]}")
    if ref.phase in ("budget_initial", "budget_adjusted", "budget"):
        marks.append({"budget_initial": "年初预算", "budget_adjusted": "全年预算", "budget": "预算"}[ref.phase])
    if ref.period:
        marks.append("上年")
    return name + (f"（{'、'.join(marks)}）" if marks else "")
