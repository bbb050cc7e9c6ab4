"""The workflow of a project through its year, and of a request for adjustment."""

from __future__ import annotations

from gouji.web.flow import Flow, Step
from gouji.web.people.models import Role

PREPARER, HEAD, SUPERVISOR, REVIEWER, APPROVER = Role.PREPARER, Role.HEAD, Role.SUPERVISOR, Role.REVIEWER, Role.APPROVER

PROJECT = Flow(
    states={
        "draft": "目标编制", "target_head": "目标待单位审签", "target_department": "目标待主管部门审核", "target_bureau": "目标待财政审批",
        "approved": "目标已批复", "evaluation": "自评填报", "evaluation_head": "自评待单位审签", "evaluation_department": "自评待主管部门审核",
        "evaluation_bureau": "自评待财政审定", "closed": "自评已审定",
    },
    steps=(
        Step("submit", "提交目标", ("draft",), "target_head", (PREPARER,), checked=True),
        Step("sign", "签发目标", ("target_head",), "target_department", (HEAD,), checked=True),
        Step("forward", "报送财政", ("target_department",), "target_bureau", (SUPERVISOR,)),
        Step("approve", "批复目标", ("target_bureau",), "approved", (APPROVER,)),
        Step("return", "退回修改", ("target_head",), "draft", (HEAD,), remark=True),
        Step("return_department", "退回修改", ("target_department",), "draft", (SUPERVISOR,), remark=True),
        Step("return_bureau", "退回修改", ("target_bureau",), "draft", (REVIEWER, APPROVER), remark=True),
        Step("begin", "开始自评", ("approved",), "evaluation", (PREPARER,)),
        Step("evaluate", "提交自评", ("evaluation",), "evaluation_head", (PREPARER,), checked=True),
        Step("sign_evaluation", "签发自评", ("evaluation_head",), "evaluation_department", (HEAD,), checked=True),
        Step("forward_evaluation", "报送财政", ("evaluation_department",), "evaluation_bureau", (SUPERVISOR,)),
        Step("close", "审定自评", ("evaluation_bureau",), "closed", (APPROVER,)),
        Step("reject", "退回重评", ("evaluation_head",), "evaluation", (HEAD,), remark=True),
        Step("reject_department", "退回重评", ("evaluation_department",), "evaluation", (SUPERVISOR,), remark=True),
        Step("reject_bureau", "退回重评", ("evaluation_bureau",), "evaluation", (REVIEWER, APPROVER), remark=True),
    ),
    editable={"draft": (PREPARER,), "approved": (PREPARER,), "evaluation": (PREPARER,)},
    closed=("closed",),
)  # fmt: skip

ADJUSTMENT = Flow(
    states={"draft": "待提交", "asked": "待主管部门审核", "forwarded": "待财政审批", "granted": "已同意", "refused": "不同意"},
    steps=(
        Step("ask", "提交申请", ("draft",), "asked", (PREPARER,), checked=True),
        Step("forward", "同意并报送", ("asked",), "forwarded", (SUPERVISOR,)),
        Step("grant", "批准调整", ("forwarded",), "granted", (APPROVER,)),
        Step("refuse_department", "不同意", ("asked",), "refused", (SUPERVISOR,), remark=True),
        Step("refuse", "不同意", ("forwarded",), "refused", (REVIEWER, APPROVER), remark=True),
    ),
    editable={"draft": (PREPARER,)},
    closed=("granted", "refused"),
)

#: The year as it is shown to people: what each stretch is called, and its states. After the last state comes the use of results.
STAGES = (
    ("目标编制", ("draft",)), ("单位审签", ("target_head",)), ("主管部门审核", ("target_department",)), ("财政审批", ("target_bureau",)),
    ("执行与监控", ("approved",)), ("单位自评", ("evaluation",)), ("自评审签", ("evaluation_head", "evaluation_department")),
    ("财政审定", ("evaluation_bureau",)), ("结果应用", ("closed",)),
)  # fmt: skip
