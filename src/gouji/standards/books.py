"""The form of the books (账套): the tables that a year's accounts are handed in as, with columns, kinds, explanations and an example row.

One workbook with a sheet a table, or a folder of CSV or Parquet files of the same names; a column may also bear the field name of the integrated
budget system (预算管理一体化, BA_BGT_INFO and PAY_VOUCHER). The template, the reader and the checks of entry all follow this one description.
"""

from __future__ import annotations

from typing import Literal

from gouji.model.record import record

#: text 文字; code 代码 (text without blanks); money 元, two decimals; count 整数; number 数; date 日期; choice 选项; flag 是/否
Kind = Literal["text", "code", "money", "count", "number", "date", "choice", "flag"]

NATURES: dict[str, str] = {
    "基本支出": "basic",
    "项目支出": "project",
    "上缴上级支出": "remitted",
    "经营支出": "business",
    "对附属单位补助支出": "subsidy",
}
FUNDS: dict[str, str] = {
    "一般公共预算财政拨款": "general_budget",
    "政府性基金预算财政拨款": "government_fund",
    "国有资本经营预算财政拨款": "state_capital",
    "财政专户管理资金": "special_account",
    "单位资金": "own",
}
#: The three funds that together are 财政拨款.
FISCAL = ("general_budget", "government_fund", "state_capital")
SOURCES: dict[str, str] = {
    "财政拨款收入": "fiscal",
    "上级补助收入": "superior_subsidy",
    "事业收入": "undertaking",
    "经营收入": "business",
    "附属单位上缴收入": "affiliated",
    "其他收入": "other",
}
BALANCES: dict[str, str] = {
    "年初结转和结余": "opening",
    "使用非财政拨款结余": "used_non_fiscal",
    "结余分配": "distributed",
    "年末结转和结余": "closing",
}
UNIT_KINDS: dict[str, str] = {
    "行政单位": "administrative",
    "参照公务员法管理的事业单位": "civil_service_like",
    "其他事业单位": "institution",
}
BUDGET_KINDS = ("年初", "上年结转", "追加", "调减", "调剂")
PROCUREMENT: dict[str, str] = {"货物": "goods", "工程": "works", "服务": "services"}
#: Sizes of suppliers; the first two of the small are 小微企业, all three 中小企业.
SIZES: dict[str, str] = {"微型": "micro", "小型": "small", "中型": "medium", "大型": "large", "其他": "other"}
OPERATORS = ("≥", "≤", "＝", ">", "<", "定性")
#: What is counted: name → (concept, name of the dimension that 类别 gives, "" where it gives none).
COUNTS: dict[str, tuple[str, str]] = {
    "因公出国（境）团组数": ("three_public.abroad.groups", ""),
    "因公出国（境）人次": ("three_public.abroad.persons", ""),
    "公务用车购置数": ("three_public.vehicle.purchased", "vehicle_type"),
    "公务用车保有量": ("three_public.vehicle.held", "vehicle_type"),
    "国内公务接待批次": ("three_public.reception.domestic.batches", ""),
    "国内公务接待人次": ("three_public.reception.domestic.persons", ""),
    "外事接待批次": ("three_public.reception.foreign.batches", ""),
    "外事接待人次": ("three_public.reception.foreign.persons", ""),
    "车辆": ("assets.vehicles", "vehicle_use"),
    "单价100万元以上设备": ("assets.equipment", ""),
    "内设机构": ("organisation.offices", ""),
}


@record
class Column:
    """A column: ``zh`` its title, ``aliases`` other titles (former names, field names of the integrated system), ``about`` how to fill it.

    ``choices`` are the words of a choice. ``values`` may be more than these where the reader knows other spellings (codes of the integrated system).
    """

    id: str
    zh: str
    kind: Kind = "text"
    required: bool = False
    about: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    width: int = 14


@record
class Table:
    """A table: ``zh`` the sheet's (or file's) name; ``required``: books without it are refused."""

    id: str
    zh: str
    about: str
    columns: tuple[Column, ...]
    required: bool = False
    aliases: tuple[str, ...] = ()

    def column(self, id: str) -> Column:
        """The column of an id. Raises KeyError."""
        for column in self.columns:
            if column.id == id:
                return column
        raise KeyError(id)


def _unit(required: bool = True, example: str = "201001") -> Column:
    return Column("unit", "单位代码", "code", required, "“单位”表里的代码", example, ("预算单位代码", "agency_code"))


def _function(required: bool = True, example: str = "2010301") -> Column:
    about = "七位的项级代码；钱不能记在类或款上"
    return Column("function", "功能科目", "code", required, about, example, ("功能分类科目", "支出功能分类", "支出功能分类科目编码", "exp_func_code"))


def _economic(required: bool, example: str = "30201") -> Column:
    about = "五位的款级代码（部门预算支出经济分类）"
    return Column("economic", "经济科目", "code", required, about, example, ("部门经济科目", "部门经济分类", "部门预算支出经济分类", "dep_bgt_eco_code"))


def _fund(required: bool = True, example: str = "一般公共预算财政拨款") -> Column:
    return Column("fund", "资金性质", "choice", required, "从列表里选", example, ("资金来源", "fund_type_code"), tuple(FUNDS), 24)


def _project(example: str = "", about: str = "项目支出填“项目”表里的代码；基本支出空着") -> Column:
    return Column("project", "项目代码", "code", False, about, example, ("项目编码", "pro_code"), width=24)


def _counterpart() -> Column:
    about = "与本部门其他单位往来（上级补助、上缴、对附属单位补助）填对方代码，汇总时抵销"
    return Column("counterpart", "对方单位代码", "code", False, about, "", ("往来单位代码",))


_NATURE = Column("nature", "支出性质", "choice", False, "空着的：有项目代码的为项目支出，没有的为基本支出", "", (), tuple(NATURES), 18)
_PROCURED = Column("procurement", "采购类别", "choice", False, "属于政府采购的才填", "", ("是否政府采购类别",), tuple(PROCUREMENT))
_SIZE = Column("size", "供应商规模", "choice", False, "政府采购合同的供应商", "", ("企业规模",), tuple(SIZES))
_NOTE = Column("note", "摘要", "text", False, "可以不填", "", ("用途", "use_des", "bgt_dec", "指标说明", "备注"), width=30)


def _staff() -> tuple[Column, ...]:
    columns = []
    for word, part in (("编制", "quota"), ("在职", "actual")):
        for zh, kind in (("行政", "administrative"), ("参公", "civil_service_like"), ("事业", "institution"), ("工勤", "worker")):
            columns.append(Column(f"{part}_{kind}", f"{zh}{word}", "count", False, "人数", "0", width=10))
    for zh, id in (("离休人数", "retired_veteran"), ("退休人数", "retired"), ("聘用人数", "contracted")):
        columns.append(Column(id, zh, "count", False, "人数", "0", width=10))
    return tuple(columns)


TABLES: tuple[Table, ...] = (
    Table("about", "基本信息", "年度和地区，整个账套只填一次", (
        Column("name", "名称", "choice", True, "年度、地区", "年度", (), ("年度", "地区"), 16),
        Column("value", "内容", "text", True, "年度写四位数字；地区写省、市名，据以选用标准", "2023", width=30),
    )),
    Table("units", "单位", "部门本级和所属单位，一行一个；上级单位代码连成一棵树，只有本级空着", (
        Column("code", "单位代码", "code", True, "", "201001", ("预算单位代码", "agency_code")),
        Column("name", "单位名称", "text", True, "单位全称", "某某市某某局（本级）", ("预算单位名称", "agency_name"), width=34),
        Column("parent", "上级单位代码", "code", False, "本级空着", "", ("主管单位代码", "上级代码")),
        Column("kind", "单位性质", "choice", True, "决定机关运行经费的范围", "行政单位", (), tuple(UNIT_KINDS), 26),
        *_staff(),
    ), True),
    Table("budget", "预算", "一行一条预算指标；全年预算数是各行金额之和，调减填负数", (
        Column("id", "指标编号", "code", True, "不能重复", "ZB0001", ("指标ID", "bgt_id"), width=18),
        _unit(), _project(), _NATURE, _function(), _economic(False), _fund(),
        Column("kind", "指标类型", "choice", True, "年初、上年结转、追加、调减（负数）、调剂（可正可负）", "年初", ("bgt_type_code",), BUDGET_KINDS),
        Column("date", "日期", "date", False, "下达日期", "2023-01-15", ("下达日期",)),
        Column("amount", "金额", "money", True, "元", "120000.00", ("指标金额", "预算金额")),
        Column("cut", "调减金额", "money", False, "指标金额中已调减的部分，填正数（一体化导出时才有）", "", ("dis_amt",)),
        _NOTE,
    ), False, ("预算指标", "BA_BGT_INFO")),
    Table("payments", "支付", "一行一笔支出，一张凭证可以有几行；红字冲销填负数", (
        Column("date", "日期", "date", True, "支付日期，应在本年度内", "2023-03-15", ("支付日期", "pay_date", "xpay_date")),
        Column("voucher", "凭证号", "code", True, "同一单位内不能重复（有几行的填行号）", "记-0001", ("凭证编号", "支付申请编号", "pay_app_no", "pay_app_id"), width=16),
        Column("line", "行号", "code", False, "一张凭证有几行时填 1、2、3…", "", ("分录号",), width=8),
        _unit(), _project(), _NATURE, _function(), _economic(True), _fund(),
        Column("amount", "金额", "money", True, "元；实际支付数", "8600.00", ("支付金额", "实际支付金额", "xpay_amt")),
        Column("refund", "退回金额", "money", False, "已退回的部分，填正数", "", ("退款金额", "refund_amt")),
        _PROCURED, _SIZE, _counterpart(),
        Column("budget", "指标编号", "code", False, "支付所依据的预算指标", "ZB0001", ("指标ID", "bgt_id"), width=16),
        _NOTE,
    ), True, ("支出", "PAY_VOUCHER")),
    Table("income", "收入", "一行一笔（或一类）收入；财政拨款按资金性质分开填", (
        _unit(),
        Column("source", "收入来源", "choice", True, "从列表里选", "财政拨款收入", ("收入类别",), tuple(SOURCES), 18),
        _fund(False),
        _function(),
        _counterpart(),
        Column("date", "日期", "date", False, "可以不填", "", ("入账日期",)),
        Column("amount", "金额", "money", True, "元", "120000.00"),
        _NOTE,
    ), True),
    Table("balances", "结转结余", "年初结转和结余、使用非财政拨款结余、结余分配；年末数由程序计算，填了就核对", (
        _unit(),
        Column("item", "事项", "choice", True, "从列表里选", "年初结转和结余", (), tuple(BALANCES), 20),
        _fund(True),
        _function(False),
        _project("", "项目结转的填项目代码"),
        Column("amount", "金额", "money", True, "元", "3000.00"),
    ), False, ("结转和结余",)),
    Table("projects", "项目", "一行一个项目：目标、完成情况、结论；预算和执行数取自“预算”“支付”两表", (
        Column("code", "项目代码", "code", True, "21位项目编码", "51050021T000000039075", ("项目编码", "pro_code"), width=24),
        Column("name", "项目名称", "text", True, "", "政务大厅运行维护", ("pro_name",), width=30),
        _unit(),
        Column("term", "项目类型", "choice", False, "常年项目或阶段（一次性）项目", "常年", (), ("常年", "阶段"), 10),
        Column("goal", "年度目标", "text", False, "", "保障大厅全年正常运行", ("项目年度目标",), width=40),
        Column("result", "目标完成情况", "text", False, "不要照抄目标", "全年开放250天，未发生停摆", ("年度目标完成情况",), width=40),
        Column("process", "实施内容及过程", "text", False, "", "", ("项目实施内容及过程概述",), width=40),
        Column("conclusion", "评价结论", "text", False, "200字以内", "", width=30),
        Column("problems", "存在问题", "text", False, "200字以内", "", width=30),
        Column("measures", "改进措施", "text", False, "200字以内", "", width=30),
        Column("reason", "执行率原因", "text", False, "执行率低于100%的原因", "", ("原因",), width=30),
        Column("manager", "项目负责人", "text", False, "", ""),
        Column("finance", "财务负责人", "text", False, "", ""),
        Column("assessed", "事前评估", "flag", False, "预算编制时做过事前绩效评估", "否", (), ("是", "否"), 10),
        Column("monitored", "绩效监控", "flag", False, "执行中做过绩效监控", "是", (), ("是", "否"), 10),
        Column("evaluated", "绩效自评", "flag", False, "空着的为是", "是", (), ("是", "否"), 10),
        Column("secret", "涉密", "flag", False, "涉密项目不公开", "否", (), ("是", "否"), 8),
    ), False, ("BGT_PM_ANNUAL",)),
    Table("indicators", "绩效指标", "一行一个三级指标", (
        Column("project", "项目代码", "code", True, "“项目”表里的代码", "51050021T000000039075", ("项目编码", "pro_code"), width=24),
        Column("level1", "一级指标", "text", True, "", "产出指标", width=14),
        Column("level2", "二级指标", "text", True, "", "数量指标", width=16),
        Column("name", "三级指标", "text", True, "", "大厅开放天数", ("指标名称",), width=28),
        Column("operator", "指标性质", "choice", True, "不能量化的选“定性”", "≥", (), OPERATORS, 10),
        Column("target", "指标值", "text", True, "", "250"),
        Column("measure", "度量单位", "text", False, "", "天", ("计量单位",), width=10),
        Column("actual", "完成值", "text", False, "与指标值同一单位", "250", ("实际完成值",)),
        Column("weight", "权重", "number", True, "一个项目的权重合计为 90（另有预算执行 10 分）", "20", ("分值",), width=8),
        Column("score", "得分", "number", False, "空着由程序计算", "", width=8),
        Column("reason", "未完成原因", "text", False, "没有完成的要填", "", ("未完成原因分析", "偏差原因"), width=30),
    )),
    Table("counts", "数量", "团组、人次、车辆、设备等数量", (
        _unit(),
        Column("item", "事项", "choice", True, "从列表里选", "公务用车保有量", (), tuple(COUNTS), 24),
        Column("kind", "类别", "text", False, "购置数、保有量写车型（轿车、越野车、载客汽车…）；车辆写用途（机要通信用车、应急保障用车…）", "轿车", ("车型", "用途"), width=20),
        Column("count", "数量", "count", True, "", "2"),
        Column("amount", "金额", "money", False, "元；只有公务用车购置数要填", ""),
    )),
    Table("receptions", "接待", "公务接待逐项：对象、批次、人次、金额", (
        _unit(),
        Column("guest", "接待对象", "text", True, "", "某某市某某局", width=30),
        Column("batches", "批次", "count", True, "", "1", width=8),
        Column("persons", "人次", "count", True, "不包括陪同人员", "8", width=8),
        Column("amount", "金额", "money", True, "元", "1200.00"),
        Column("foreign_guest", "外事", "flag", False, "外事接待填是", "否", (), ("是", "否"), 8),
    )),
    Table("contracts", "采购合同", "政府采购合同；采购支出总额取自“支付”表", (
        _unit(),
        Column("code", "合同编号", "code", True, "不能重复", "HT2023-01", ("采购合同编号", "contract_no"), width=18),
        Column("procurement", "采购类别", "choice", True, "", "服务", (), tuple(PROCUREMENT)),
        Column("size", "供应商规模", "choice", True, "", "小型", ("企业规模",), tuple(SIZES)),
        Column("amount", "合同金额", "money", True, "元", "98000.00", ("金额",)),
        Column("date", "日期", "date", False, "签订日期", "2023-05-20", ("签订日期",)),
    )),
    Table("last_year", "上年数", "上年度的决算数；也可以用 --last-year 给出上年公开的决算", (
        _unit(False, ""),
        Column("item", "事项", "text", True, "收支总计、本年支出合计、“三公”经费、公务接待费、机关运行经费 …", "收支总计", width=26),
        _fund(False, ""),
        _function(False, ""),
        Column("amount", "数值", "money", True, "元（数量填个数）", "1180000.00", ("金额",)),
    )),
    Table("texts", "文字", "公开文本里由单位自己写的话：职责、原因、用途", (
        _unit(False, ""),
        Column("slot", "位置", "text", True, "例如 duties、reason.total；gouji template books 的说明里有全部位置", "reason.total", width=26),
        Column("text", "内容", "text", True, "", "上年结转项目在本年实施", width=60),
    )),
    Table("evaluation", "评价数据", "部门整体绩效评价中账套里取不到的数据，按指标逐项填", (
        Column("item", "指标", "text", True, "评价指标的名称或编号", "违规记录", width=24),
        Column("input", "数据", "text", True, "该指标所需数据的名称或编号；由人评分的写“得分”", "违纪违规问题个数", width=30),
        Column("value", "数值", "text", True, "", "0"),
    )),
    Table("codes", "补充科目", "本年新增、程序还不认识的科目", (
        Column("kind", "分类", "choice", True, "", "功能", (), ("功能", "经济"), 10),
        Column("code", "代码", "code", True, "", "2019999"),
        Column("name", "名称", "text", True, "", "其他一般公共服务支出", width=30),
    )),
)  # fmt: skip

BY_ID: dict[str, Table] = {table.id: table for table in TABLES}
