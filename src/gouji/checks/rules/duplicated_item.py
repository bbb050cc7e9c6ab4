"""The same class or item listed twice (重复列示)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.function_name import printed_path
from gouji.model.fact import Fact, Key
from gouji.model.outline import FunctionPath


@rule(id="duplicated-item", zh="重复列示", severity="warning", authority="disclosure_procedure_form")
def duplicated_item(context: Context) -> Iterator[Remark]:
    """同一清单里同一类科目列了两次，或同一个类款项在逐项说明中出现两次。

    为什么：重复列示使各项之和大于合计，或其中一处本应是另一个科目。
    例：资源勘探工业信息等支出101.43万元，占9.83%。资源勘探工业信息等支出101.43万元，占9.83%；
    报告：重复列示：“资源勘探工业信息等支出”在同一清单中列了2次（101.43万元、101.43万元）。
    不报：不同章节再次提到同一科目；名词解释；不同资金来源（一般公共预算与政府性基金）的同名科目。
    """
    for listing in context.dossier.listings:
        grouped: dict[Key, list[Fact]] = {}
        for part in listing.parts:
            fact = context.dossier.facts[part]
            if fact.measure == "amount":
                grouped.setdefault(fact.key, []).append(fact)
        for key, facts in grouped.items():
            code = dict(key.dimensions).get("function", "")
            if len(facts) < 2 or len(code) != 3:
                continue
            row = context.standards.functions.get(code)
            name = row.name if row else code
            printed = "、".join(f.figure.printed for f in facts)
            yield Remark(
                zh=f"重复列示：“{name}”在同一清单中列了{len(facts)}次（{printed}）。",
                en=f"{code} is listed {len(facts)} times in one list.",
                places=tuple(f.place for f in reversed(facts)),
                key=(code, printed),
                subject=key.concept,
                facts=tuple(f.id for f in facts),
                suggestion="删去重复的一处，或改为漏列的科目。",
            )
    items: dict[tuple[tuple[str, str, str], str], list[FunctionPath]] = {}
    for path in context.outline.paths:
        if path.region != "narrative" or not path.names[2] or path.fact is None:
            continue
        fact = context.dossier.facts[path.fact]
        if fact.measure == "amount":
            fund = fact.dimension("fund") or ""
            section = context.paragraph_at(path.place.start)
            items.setdefault((path.names, f"{fund}/{section.section if section else -1}"), []).append(path)
    for (names, _), paths in items.items():
        if len(paths) < 2:
            continue
        codes = {context.dossier.facts[p.fact].dimension("function") or "" for p in paths if p.fact is not None}
        if not names[0] and not names[1] and (len(codes) > 1 or any(len(code) != 7 for code in codes)):
            continue  # 行政运行（项） under one 款 and under the next
        amounts = [context.dossier.facts[p.fact].figure.printed for p in paths if p.fact is not None]
        yield Remark(
            zh=f"重复列示：“{printed_path(names)}”逐项说明了{len(paths)}次（{'、'.join(amounts)}）。",
            en=f"One item is stated {len(paths)} times.",
            places=tuple(p.place for p in reversed(paths)),
            key=(*names, *amounts),
            subject=paths[0].code,
            facts=tuple(p.fact for p in paths if p.fact is not None),
            suggestion="合并为一条，或改为本应列示的科目。",
        )
