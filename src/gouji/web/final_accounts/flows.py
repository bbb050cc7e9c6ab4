"""The workflow of a final account: from the unit's draft to the approval (批复), its publication, and what may be corrected after that."""

from __future__ import annotations

from gouji.web.flow import Flow, Step
from gouji.web.people.models import Role

PREPARER, HEAD, SUPERVISOR, REVIEWER, APPROVER = Role.PREPARER, Role.HEAD, Role.SUPERVISOR, Role.REVIEWER, Role.APPROVER

ACCOUNT = Flow(
    states={
        "draft": "编制中", "submitted": "待单位审签", "department": "待主管部门审核", "bureau": "待财政审核", "reviewed": "待财政批复",
        "approved": "已批复待公开", "published": "已公开",
    },
    steps=(
        Step("submit", "提交决算", ("draft",), "submitted", (PREPARER,), checked=True),
        Step("sign", "签发决算", ("submitted",), "department", (HEAD,), checked=True),
        Step("forward", "审核通过并报送财政", ("department",), "bureau", (SUPERVISOR,)),
        Step("pass", "审核通过", ("bureau",), "reviewed", (REVIEWER,)),
        Step("approve", "批复决算", ("reviewed",), "approved", (APPROVER,), checked=True),
        Step("publish", "标记已公开", ("approved",), "published", (PREPARER,), checked=True),
        Step("return", "退回修改", ("submitted",), "draft", (HEAD,), remark=True),
        Step("return_department", "退回修改", ("department",), "draft", (SUPERVISOR,), remark=True),
        Step("return_bureau", "退回修改", ("bureau",), "draft", (REVIEWER,), remark=True),
        Step("return_approver", "退回修改", ("reviewed",), "draft", (APPROVER,), remark=True),
    ),
    editable={"draft": (PREPARER,)},
    closed=("approved", "published"),
)  # fmt: skip
