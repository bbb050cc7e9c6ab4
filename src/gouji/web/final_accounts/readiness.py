"""What stands against a step of an account, in sentences."""

from __future__ import annotations

from gouji.web.final_accounts.contents import dossier_of_account, is_outdated, product, read_json, standards_of
from gouji.web.final_accounts.models import FinalAccount, Import
from gouji.web.flow import Step
from gouji.web.work.models import Job


def obstacles(account: FinalAccount, step: Step) -> list[str]:
    """Why a checked step cannot be taken yet."""
    if step.name == "approve":
        return [] if account.approved_on else ["没有填批复日期"]
    if step.name == "publish":
        found = [] if account.published_on else ["没有填公开日期"]
        if account.published_on and account.approved_on and account.published_on < account.approved_on:
            found.append("公开日期早于批复日期")
        return found + ([] if account.address else ["没有填公开网址"])
    return _unfinished(account)


def _unfinished(account: FinalAccount) -> list[str]:
    dossier = dossier_of_account(account)
    if dossier is None:
        return ["还没有导入账套或财决工作簿"]
    found = []
    if account.imports.filter(outcome__in=(Import.Outcome.READING, Import.Outcome.READY)).exists():
        found.append("有一份重新导入的文件还没有采用或放弃")
    if is_outdated(account):
        return [*found, _recompiling(account)]
    from gouji.rendering.disclosure.compose import compose

    missing = [each for each in compose(dossier, standards_of(account)).missing if each.required]
    if missing:
        found.append(f"还缺 {len(missing)} 处文字，如“{missing[0].where}”：{missing[0].why}")
    checked = product(account, "check")
    if checked is None:
        return [*found, "核对还没有做完，请稍候再提交"]
    justified = set(account.justifications.exclude(words="").values_list("fingerprint", flat=True))
    errors = [each for each in read_json(checked.sha256)["findings"] if each["severity"] == "error" and each["id"] not in justified]
    if errors:
        found.append(f"核对发现 {len(errors)} 处错误，请改正，或逐条写明出错说明")
    return found


def _recompiling(account: FinalAccount) -> str:
    job = Job.objects.filter(kind="accounts-compile", about=account.pk).order_by("-created").first()
    if job is not None and job.state == Job.State.FAILED:
        return f"整体评价填报的数据没有编进决算（{job.message}），请到整体评价页重新编制"
    return "整体评价填报的数据正在编进决算，请稍候再办理"
