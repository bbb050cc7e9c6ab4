"""The demo's disclosure: a fictitious department's final account in Sichuan's official form, as blocks and as a Word file.

``python tests/cli/demo_document.py`` writes it again, with the planted slips, into ``src/gouji/cli/demo``. Without slips every figure
agrees with every other.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cli import demo_figures as f
from cli.demo_annex import annex
from cli.demo_figures import LAST, SUBORDINATES, UNIT, YEAR, Piece, change, percent

#: The pages on which the layout (LibreOffice's) begins a part, or a section after its part's first page.
_PAGES = {
    "第一部分": 4, "第二部分": 5, "第三部分": 13, "第四部分": 16, "第五部分": 21,
    "四、财政拨款收入支出决算总体情况说明": 6, "六、一般公共预算财政拨款基本支出决算情况说明": 9, "八、政府性基金预算支出决算情况说明": 11,
}  # fmt: skip


def contents() -> list[Piece]:
    """The table of contents, from the headings themselves."""
    pieces = [Piece("toctitle", "目  录")]
    page = 1
    for piece in (*overview(), *narrative(), *glossary(), *annex(), *statements()):
        page = _PAGES.get(piece.text[:4] if piece.kind == "h1" else piece.text, page)
        if piece.kind == "h1":
            pieces.append(Piece("toc1", f"{piece.text}\t{page}"))
        elif piece.kind == "h2" and not piece.text.startswith("附件"):
            pieces.append(Piece("toc2", f"{piece.text}\t{page}"))
    return pieces


def overview() -> list[Piece]:
    duties = (
        "贯彻国家和四川省文化、旅游、文物工作的方针政策，拟订全区文化和旅游发展规划并组织实施。",
        "管理全区重大文化活动，指导公共图书馆、文化馆和基层综合文化服务设施建设，推进文化惠民。",
        "组织全区旅游资源普查、开发与保护，开展旅游整体形象推广，指导景区和旅游民宿提升服务。",
        "负责全区文物保护和非物质文化遗产保护，指导博物馆、纪念馆业务工作。",
        "监管全区文化和旅游市场，依法查处违法经营行为，受理群众投诉。",
        "承办区委、区政府交办的其他事项。",
    )
    return [
        Piece("h1", "第一部分 部门概况"),
        Piece("h2", "一、部门职责"),
        *(Piece("item", text) for text in duties),
        Piece("h2", "二、机构设置"),
        Piece(
            "p",
            f"{UNIT}下属二级预算单位3个，其中行政单位0个，参照公务员法管理的事业单位1个，其他事业单位2个。"
            f"纳入{UNIT}{YEAR}年度部门决算编制范围的二级预算单位包括：",
        ),
        *(Piece("p", f"{number}.{name}") for number, name in enumerate(SUBORDINATES, 1)),
    ]


def narrative() -> list[Piece]:
    return [
        Piece("h1", f"第二部分 {YEAR}年度部门决算情况说明"),
        *_totals(),
        *_general(),
        *_basic(),
        *_three_public(),
        *_other(),
    ]


def _totals() -> list[Piece]:
    def of_income(value: Decimal) -> str:
        return f"{value if value else 0}万元，占{percent(value, f.income)}%"

    zero = Decimal(0)
    return [
        Piece("h2", "一、收入支出决算总体情况说明"),
        Piece(
            "p",
            f"{YEAR}年度收、支总计均为{f.total}万元。与{LAST}年度相比，收、支总计各{change(f.total, f.total_last)}。"
            "主要变动原因是新增石刻群抢救性保护和旅游发展专项资金，人员经费也随正常晋级增加。",
        ),
        Piece("caption", "图1：收、支决算总计变动情况图"),
        Piece("h2", "二、收入决算情况说明"),
        Piece(
            "p",
            f"{YEAR}年度本年收入合计{f.income}万元，其中：一般公共预算财政拨款收入{of_income(f.general_income)}；"
            f"政府性基金预算财政拨款收入{of_income(f.fund)}；国有资本经营预算财政拨款收入{of_income(zero)}；上级补助收入{of_income(zero)}；"
            f"事业收入{of_income(zero)}；经营收入{of_income(zero)}；附属单位上缴收入{of_income(zero)}；其他收入{of_income(f.other_income)}。",
        ),
        Piece("caption", "图2：收入决算结构图"),
        Piece("h2", "三、支出决算情况说明"),
        Piece(
            "p",
            f"{YEAR}年度本年支出合计{f.expenditure}万元，其中：基本支出{f.basic}万元，占{percent(f.basic, f.expenditure)}%；"
            f"项目支出{f.projects}万元，占{percent(f.projects, f.expenditure)}%；上缴上级支出0万元，占0%；经营支出0万元，占0%；"
            "对附属单位补助支出0万元，占0%。",
        ),
        Piece("caption", "图3：支出决算结构图"),
        Piece("h2", "四、财政拨款收入支出决算总体情况说明"),
        Piece(
            "p",
            f"{YEAR}年度财政拨款收、支总计均为{f.fiscal_total}万元。与{LAST}年度相比，财政拨款收、支总计各"
            f"{change(f.fiscal_total, f.fiscal_last)}。主要变动原因是新增文物保护和旅游发展专项资金。",
        ),
        Piece("caption", f"图4：{YEAR}年度财政拨款收、支决算总计变动情况"),
    ]


def _general() -> list[Piece]:
    classes = "；".join(f"{name}{f.class_sum(name)}万元，占{percent(f.class_sum(name), f.general)}%" for name in f.CLASSES)
    pieces = [
        Piece("h2", "五、一般公共预算财政拨款支出决算情况说明"),
        Piece("h3", "（一）一般公共预算财政拨款支出决算总体情况"),
        Piece(
            "p",
            f"{YEAR}年度一般公共预算财政拨款支出{f.general}万元，占本年支出合计的{percent(f.general, f.expenditure)}%。"
            f"与{LAST}年度相比，一般公共预算财政拨款支出{change(f.general, f.general_last)}。主要变动原因是文物保护项目集中实施。",
        ),
        Piece("caption", "图5：一般公共预算财政拨款支出决算变动情况"),
        Piece("h3", "（二）一般公共预算财政拨款支出决算结构情况"),
        Piece("p", f"{YEAR}年度一般公共预算财政拨款支出{f.general}万元，主要用于以下方面：{classes}。"),
        Piece("caption", "图6：一般公共预算财政拨款支出决算结构"),
        Piece("h3", "（三）一般公共预算财政拨款支出决算具体情况"),
        Piece("p", f"{YEAR}年度一般公共预算支出决算数为{f.general}万元，完成预算{percent(f.general, f.general_budget)}%。其中："),
    ]
    for number, item in enumerate(f.ITEMS, 1):
        gap = f"，决算数小于预算数的主要原因是{item.reason}" if item.executed < item.budget else "，决算数与预算数持平"
        pieces.append(
            Piece("p", f"{number}.{item.path}：支出决算为{item.executed}万元，完成预算{percent(item.executed, item.budget)}%{gap}。")
        )
    return pieces


def _basic() -> list[Piece]:
    return [
        Piece("h2", "六、一般公共预算财政拨款基本支出决算情况说明"),
        Piece("p", f"{YEAR}年度一般公共预算财政拨款基本支出{f.general_basic}万元，其中："),
        Piece(
            "p",
            f"人员经费{f.personnel}万元，主要包括：基本工资、津贴补贴、奖金、绩效工资、机关事业单位基本养老保险缴费、职业年金缴费、"
            "职工基本医疗保险缴费、公务员医疗补助缴费、其他社会保障缴费、住房公积金、退休费、生活补助等。",
        ),
        Piece(
            "p",
            f"公用经费{f.public}万元，主要包括：办公费、印刷费、水费、电费、邮电费、差旅费、维修（护）费、培训费、公务接待费、"
            "劳务费、工会经费、福利费、公务用车运行维护费、其他交通费用等。",
        ),
    ]


def _three_public() -> list[Piece]:
    domestic = "；".join(f"{what}{batches}批次{persons}人次{spent}万元" for what, batches, persons, spent in f.RECEPTIONS)
    batches, persons = sum(r[1] for r in f.RECEPTIONS), sum(r[2] for r in f.RECEPTIONS)
    return [
        Piece("h2", "七、财政拨款“三公”经费支出决算情况说明"),
        Piece("h3", "（一）“三公”经费财政拨款支出决算总体情况说明"),
        Piece(
            "p",
            f"{YEAR}年度“三公”经费财政拨款支出决算为{f.three_public}万元，完成预算{percent(f.three_public, f.three_public_budget)}%，"
            f"较上年度{change(f.three_public, f.three_public_last)}。主要原因是按规定报废更新执法用车1辆。"
            "决算数小于预算数的主要原因是严格控制公务接待范围和标准。",
        ),
        Piece("h3", "（二）“三公”经费财政拨款支出决算具体情况说明"),
        Piece(
            "p",
            f"{YEAR}年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算0万元，占0%；公务用车购置及运行维护费支出决算"
            f"{f.vehicle}万元，占{percent(f.vehicle, f.three_public)}%；公务接待费支出决算{f.reception}万元，"
            f"占{percent(f.reception, f.three_public)}%。具体情况如下：",
        ),
        Piece("caption", "图7：“三公”经费财政拨款支出结构"),
        Piece(
            "p",
            f"1.因公出国（境）经费支出0万元，完成预算0%。全年安排因公出国（境）团组0次，出国（境）0人。因公出国（境）支出决算与{LAST}年度持平。",
        ),
        Piece(
            "p",
            f"2.公务用车购置及运行维护费支出{f.vehicle}万元，完成预算{percent(f.vehicle, f.vehicle_budget)}%。公务用车购置及运行维护费支出决算"
            f"比{LAST}年度{change(f.vehicle, f.vehicle_last)}。主要原因是本年度更新执法用车，上年度没有购置。",
        ),
        Piece(
            "p",
            f"其中：公务用车购置支出{f.purchase}万元。全年按规定更新购置公务用车1辆，其中：越野车1辆、金额{f.purchase}万元。"
            f"截至{YEAR}年12月31日，单位共有公务用车4辆，其中：轿车1辆、越野车2辆、载客汽车1辆。",
        ),
        Piece(
            "p",
            f"公务用车运行维护费支出{f.operation}万元。主要用于文物巡查、市场检查、下乡演出等所需的公务用车燃料费、维修费、过路过桥费、保险费等支出。",
        ),
        Piece(
            "p",
            f"3.公务接待费支出{f.reception}万元，完成预算{percent(f.reception, f.reception_budget)}%。公务接待费支出决算比{LAST}年度"
            f"{change(f.reception, f.reception_last)}。主要原因是来区考察交流的团队增多。其中：",
        ),
        Piece(
            "p",
            f"国内公务接待支出{f.reception}万元，主要用于执行公务、开展业务活动开支的用餐费。国内公务接待{batches}批次，{persons}人次"
            f"（不包括陪同人员），共计支出{f.reception}万元，具体内容包括：{domestic}。",
        ),
        Piece("p", "外事接待支出0万元，外事接待0批次，0人次，共计支出0万元。"),
    ]


def _other() -> list[Piece]:
    share, small_share = percent(f.small_medium, f.procurement), percent(f.small, f.procurement)
    return [
        Piece("h2", "八、政府性基金预算支出决算情况说明"),
        Piece("p", f"{YEAR}年度政府性基金预算财政拨款支出{f.fund}万元。"),
        Piece("h2", "九、国有资本经营预算支出决算情况说明"),
        Piece("p", f"{YEAR}年度国有资本经营预算财政拨款支出0万元。"),
        Piece("h2", "十、其他重要事项的情况说明"),
        Piece("h3", "（一）机关运行经费支出情况"),
        Piece(
            "p",
            f"{YEAR}年度，{UNIT}机关运行经费支出{f.operating}万元，比{LAST}年度{change(f.operating, f.operating_last)}。"
            "主要原因是压减会议和印刷开支。",
        ),
        Piece("h3", "（二）政府采购支出情况"),
        Piece(
            "p",
            f"{YEAR}年度，{UNIT}政府采购支出总额{f.procurement}万元，其中：政府采购货物支出{f.goods}万元、政府采购工程支出{f.works}万元、"
            f"政府采购服务支出{f.services}万元。主要用于图书购置、石刻修缮、旅游推广服务等。授予中小企业合同金额{f.small_medium}万元，"
            f"占政府采购支出总额的{share}%，其中：授予小微企业合同金额{f.small}万元，占政府采购支出总额的{small_share}%。",
        ),
        Piece("h3", "（三）国有资产占有使用情况"),
        Piece(
            "p",
            f"截至{YEAR}年12月31日，{UNIT}共有车辆5辆，其中：主要领导干部用车0辆、机要通信用车1辆、应急保障用车1辆、"
            "执法执勤用车2辆、其他用车1辆。其他用车主要是用于流动图书服务。单价100万元（含）以上设备（不含车辆）0台（套）。",
        ),
        Piece("h3", "（四）预算绩效管理情况"),
        Piece(
            "p",
            f"根据预算绩效管理要求，本部门在{YEAR}年度预算编制阶段，组织对石刻群抢救性保护项目、秋季旅游推广项目2个项目开展了预算事前绩效评估，"
            "对7个项目编制了绩效目标，预算执行过程中，选取7个项目开展绩效监控，年终执行完毕后，对7个项目开展了绩效自评。",
        ),
        Piece(
            "p",
            f"本部门按要求对{YEAR}年部门整体开展绩效自评，形成{UNIT}部门整体（含部门预算项目）绩效自评报告、石刻群抢救性保护项目、"
            f"秋季旅游推广项目等2个专项预算项目绩效自评报告，其中，{UNIT}部门整体（含部门预算项目）绩效自评得分为95.5分，"
            "绩效自评综述：全年支出进度合规，主要目标如期完成。绩效自评报告详见第四部分附件。",
        ),
    ]


def glossary() -> list[Piece]:
    entries = [
        "财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
        "其他收入：指单位取得的除上述收入以外的各项收入，主要是存款利息和场地临时使用收入。",
        "年初结转和结余：指以前年度尚未完成、结转到本年按有关规定继续使用的资金。",
        "年末结转和结余：指单位按有关规定结转到下年或以后年度继续使用的资金。",
        *(f"{item.path}：{EXPLAINED[item.name]}" for item in f.ITEMS),
        "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
        "项目支出：指在基本支出之外为完成特定行政任务和事业发展目标所发生的支出。",
        "“三公”经费：指部门用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费（含外宾接待）。",
        "机关运行经费：指为保障行政单位和参照公务员法管理的事业单位运行，用于购买货物和服务的各项资金。",
    ]
    return [Piece("h1", "第三部分 名词解释"), *(Piece("p", f"{number}.{text}") for number, text in enumerate(entries, 1))]


EXPLAINED = {
    "行政运行": "指局机关和执法大队保障正常运转的基本支出。",
    "一般行政管理事务": "指局机关开展文化和旅游专项工作的项目支出。",
    "图书馆": "指区图书馆的人员、运转和免费开放支出。",
    "群众文化": "指区文化馆的人员、运转和群众文化活动支出。",
    "文化和旅游市场管理": "指文化和旅游市场检查、执法办案的支出。",
    "旅游宣传": "指旅游形象推广和节会宣传的支出。",
    "文物保护": "指文物保护单位修缮、巡查的支出。",
    "行政单位离退休": "指局机关退休人员的支出。",
    "机关事业单位基本养老保险缴费支出": "指单位为在职人员缴纳的基本养老保险费。",
    "机关事业单位职业年金缴费支出": "指单位为在职人员缴纳的职业年金。",
    "行政单位医疗": "指局机关和执法大队缴纳的基本医疗保险费。",
    "事业单位医疗": "指区图书馆、区文化馆缴纳的基本医疗保险费。",
    "公务员医疗补助": "指按规定为公务员缴纳的医疗补助。",
    "住房公积金": "指单位为在职人员缴存的住房公积金。",
}


STATEMENTS = (
    "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "财政拨款支出决算明细表", "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款支出决算明细表", "一般公共预算财政拨款基本支出决算明细表", "一般公共预算财政拨款项目支出决算表",
    "政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表",
    "财政拨款“三公”经费支出决算表",
)  # fmt: skip
_NUMBERS = "一二三四五六七八九十"


def statements() -> list[Piece]:
    numbered = [(_NUMBERS[i] if i < 10 else "十" + _NUMBERS[i - 10], name) for i, name in enumerate(STATEMENTS)]
    return [
        Piece("h1", "第五部分 附表"),
        *(Piece("h2", f"{number}、{name}") for number, name in numbered),
        Piece(
            "p",
            f"说明：因{UNIT}没有国有资本经营预算收入和支出，故“国有资本经营预算财政拨款收入支出决算表”“国有资本经营预算财政拨款支出决算表”无数据。",
        ),
    ]


def pieces() -> list[Piece]:
    """The whole document, without a slip."""
    return [
        Piece("title", f"{YEAR}年度\n{UNIT}\n部门决算"),
        *contents(),
        *overview(),
        *narrative(),
        *glossary(),
        *annex(),
        *statements(),
    ]


def with_slips(clean: Sequence[Piece], slips: Sequence[dict[str, str]]) -> list[Piece]:
    """The document with each slip's ``right`` replaced by its ``wrong``, which must change exactly one paragraph."""
    changed = list(clean)
    for slip in slips:
        at = [i for i, piece in enumerate(changed) if slip["right"] in piece.text and not piece.kind.startswith("toc")]
        if len(at) != 1 or changed[at[0]].text.count(slip["right"]) != 1:
            raise ValueError(f"slip {slip['id']}: {slip['right']!r} stands in {len(at)} paragraphs")
        piece = changed[at[0]]
        changed[at[0]] = piece._replace(text=piece.text.replace(slip["right"], slip["wrong"]))
    return changed


if __name__ == "__main__":
    import yaml

    from cli.demo_word import word_file

    planted = yaml.safe_load((Path(__file__).parent / "demo_slips.yaml").read_text(encoding="utf-8"))
    target = Path(__file__).resolve().parents[2] / "src" / "gouji" / "cli" / "demo" / "disclosure.docx"
    target.write_bytes(word_file(with_slips(pieces(), planted)))
    print(target.name, target.stat().st_size)
