"""The demo's fourth part: the department's evaluation report, two programme reports and one self-evaluation form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cli import demo_figures as f
from cli.demo_figures import LAST, SHORT, SUBORDINATES, UNIT, YEAR, Piece, percent


def _scored(parts: Sequence[tuple[str, str, str]], says: dict[str, str]) -> list[Piece]:
    return [Piece("p", f"{number}.{name}。{says[name]}{name}{weight}分，自评得分{score}分。") for number, (name, weight, score) in enumerate(parts, 1)]


def _bare(score: Decimal) -> str:
    return f"{score.normalize():f}"


def annex() -> list[Piece]:
    overall = sum(Decimal(score) for _, _, score in f.OVERALL)
    of_projects = sum(Decimal(score) for _, _, score in f.OF_PROJECTS)
    return [
        Piece("h1", "第四部分 附件"),
        Piece("h2", "附件1"),
        Piece("title2", f"{UNIT}\n部门整体预算绩效评价报告"),
        Piece("h3", "一、部门基本情况"),
        Piece(
            "p",
            f"（一）机构组成。{UNIT}是区政府工作部门，下属二级预算单位3个，其中行政单位0个，参照公务员法管理的事业单位1个，其他事业单位2个。",
        ),
        Piece("p", "（二）机构职能。主要负责全区文化事业、旅游发展、文物保护和市场监管。"),
        Piece(
            "p",
            f"（三）人员概况。截至{YEAR}年末，{SHORT}及下属单位核定总编制58名，其中：行政编制16名，参公编制12名，事业编制30名。"
            "在职人员总数54人，其中：行政人员15人，参公人员11人，事业人员28人；退休人员19人。",
        ),
        Piece("h3", "二、部门资金收支情况"),
        Piece(
            "p",
            f"（一）收入情况。{YEAR}年收入年初预算数为{f.income_initial}万元；决算数为{f.income}万元，比{LAST}年收入决算数{f.income_last}万元"
            f"增加{f.income - f.income_last}万元，主要是年中追加文物保护和旅游发展专项资金。",
        ),
        Piece(
            "p",
            f"（二）支出情况。{YEAR}年支出决算数为{f.expenditure}万元，比{LAST}年支出决算数{f.spent_last}万元增加"
            f"{f.expenditure - f.spent_last}万元。其中：基本支出{f.basic}万元，占{percent(f.basic, f.expenditure)}%；"
            f"项目支出{f.projects}万元，占{percent(f.projects, f.expenditure)}%。",
        ),
        Piece("p", f"（三）结余分配和结转结余情况。{YEAR}年年初结转和结余{f.opening}万元，年末结转和结余{f.closing}万元，没有结余分配。"),
        Piece("h3", "三、部门预算绩效分析"),
        Piece("p", f"（一）部门预算总体绩效分析。总体绩效65分，自评得分{_bare(overall)}分。"),
        *_scored(
            f.OVERALL,
            {
                "履职效能": "年初确定的核心职能目标基本完成，夜间文化活动场次略少于计划。",
                "预算管理": "预算编制较细，支出按月推进，个别项目年中调整较多。",
                "财务管理": "制度健全，岗位分设，资金使用合规。",
                "资产管理": "按期盘点，两台旧设备处置较慢。",
                "采购管理": "预留份额面向中小企业，采购计划全部执行。",
            },
        ),
        Piece("p", f"（二）部门预算项目绩效分析。项目绩效35分，自评得分{_bare(of_projects)}分。"),
        *_scored(
            f.OF_PROJECTS,
            {"项目决策": "程序完整，一个项目入库偏晚。", "项目执行": "进度总体均衡，一个项目跨年支付。", "目标实现": "产出和效益达到预期，一项指标略低于目标。"},
        ),
        Piece("p", "（三）绩效结果应用情况。自评结果与下年预算安排挂钩，发现的问题已逐项整改。"),
        Piece("h3", "四、评价结论及建议"),
        Piece("p", f"（一）评价结论。{YEAR}年度部门整体绩效自评得分{_bare(overall + of_projects)}分，评价结果为“优”。"),
        Piece("p", "（二）存在问题。一是个别项目入库偏晚；二是绩效指标还不够细。"),
        Piece("p", "（三）改进建议。提前开展项目论证，把指标细化到季度。"),
        *_programme("附件2", "石刻群抢救性保护项目", "80.00", "73.55", "修缮石刻3处，修缮验收合格率100%，受益村社区12个。", "方案审批用时较长，尾款跨年支付。"),
        *_programme("附件3", "秋季旅游推广项目", "100.00", "95.00", "举办线上推介会2场，制作宣传短片6部，游客满意度96%。", "推介会改为线上举办，与游客的现场互动不足。"),
        *_form(),
    ]


def _programme(annex_name: str, name: str, budget: str, executed: str, outcome: str, problem: str) -> list[Piece]:
    return [
        Piece("h2", annex_name),
        Piece("title2", f"{YEAR}年{name}绩效自评报告"),
        Piece("h3", "一、项目概况"),
        Piece("p", f"（一）项目基本情况。{name}由{SHORT}实施，资金来源为一般公共预算。"),
        Piece("p", "（二）项目绩效目标。按批复的数量、质量、时效和满意度目标组织实施。"),
        Piece("h3", "二、项目实施及管理情况"),
        Piece("p", f"项目全年预算{budget}万元，实际支出{executed}万元，预算执行率{percent(Decimal(executed), Decimal(budget))}%。资金专款专用，没有截留挪用。"),
        Piece("h3", "三、项目绩效情况"),
        Piece("p", outcome),
        Piece("h3", "四、问题及建议"),
        Piece("p", f"{problem}建议提前谋划，加快前期工作。"),
    ]


def _form() -> list[Piece]:
    """The self-evaluation form of one project."""
    rows = (
        ("项目名称", "51990023T000000100001-基层公共文化设施免费开放"),
        ("主管部门", SHORT, "实施单位（盖章）", SUBORDINATES[1]),
        ("项目年度目标", "年度目标完成情况"),
        ("全年免费开放300天以上，办好读书活动，保障群众基本文化权益。", "全年免费开放312天，举办读书活动26场，群众反映良好。"),
        ("预算执行情况（10分）", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"),
        ("总额（万元）", "30.00", "30.00", "30.00", "100.00%", "10", "10", ""),
        ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"),
        ("产出指标", "数量指标", "免费开放天数", "≥", "300", "天", "312", "20", "20", ""),
        ("产出指标", "质量指标", "设施完好率", "≥", "95", "%", "98", "20", "20", ""),
        ("效益指标", "社会效益指标", "年接待读者人次", "≥", "6", "万人次", "6.4", "20", "20", ""),
        ("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%", "95", "10", "10", ""),
        ("成本指标", "经济成本指标", "年度成本", "≤", "30", "万元", "30", "20", "20", ""),
        ("合计", "100", "100"),
        ("评价结论", "项目自评得分100分，设施按时开放，活动有序开展。"),
        ("存在问题", "个别阅览座位高峰时段不足。"),
        ("改进措施", "增设临时座位，错峰安排活动。"),
    )
    return [Piece("h2", "附件4"), Piece("title2", f"部门预算项目支出绩效自评表（{YEAR}年度）"), Piece("table", "", rows)]
