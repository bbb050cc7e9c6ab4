"""Items of the narrative that the glossary does not explain (名词解释缺项)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.function_name import printed_path
from gouji.model.outline import FunctionPath


@rule(id="glossary-missing", zh="名词解释缺科目", severity="note", authority="disclosure_procedure_form")
def glossary_missing(context: Context) -> Iterator[Remark]:
    """正文列出的项级科目，名词解释里没有解释。全文合并为一条。

    为什么：模板要求解释决算报表涉及的全部功能分类科目至项级。
    例：（正文有“其他行政事业单位医疗支出（项）”，名词解释没有）
    报告：名词解释缺1个项级科目：其他行政事业单位医疗支出（项）。
    不报：没有名词解释部分的文件；名词解释里没有任何科目的文件；两处名称略有不同而编码相同。
    """
    explained = [p for p in context.outline.paths if p.region == "glossary"]
    if not explained or not context.complete:
        return
    codes = {p.code for p in explained if p.code}
    names = {p.names[2] for p in explained if p.names[2]}
    missing: dict[tuple[str, str, str], FunctionPath] = {}
    for path in context.outline.paths:
        if path.region != "narrative" or not path.names[2] or "misfiled" in path.problems:
            continue
        if (path.code in codes and path.code) or (not path.code and path.names[2] in names):
            continue
        if len(path.code) < 7 and path.names[2] in names:
            continue
        missing.setdefault(path.names, path)
    if missing:
        listed = "、".join(f"{n[2]}（项）" for n in missing)
        yield Remark(
            zh=f"名词解释缺{len(missing)}个项级科目：{listed}。",
            en=f"{len(missing)} items of the narrative are not explained in the glossary.",
            places=tuple(p.place for p in missing.values()),
            key=tuple(sorted(printed_path(n) for n in missing)),
            suggestion="在名词解释中补上。",
        )
