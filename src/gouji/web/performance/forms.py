"""Forms of the projects' pages."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.forms import inlineformset_factory

from gouji.web.choices import Worded
from gouji.web.dates import DateField
from gouji.web.performance.drawing import Terms
from gouji.web.performance.draws import Draw
from gouji.web.performance.models import Adjustment, ExAnte, Indicator, Monitoring, Project

_NUMBER = {"class": "number", "inputmode": "decimal"}


class Amount(forms.TextInput):
    """A decimal without the idle zeros of its column: 24, not 24.000000."""

    def __init__(self) -> None:
        super().__init__(attrs=_NUMBER)

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return format(value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize(), "f")
        shown: str | None = super().format_value(value)
        return shown


class TargetForm(Worded, forms.ModelForm):  # type: ignore[type-arg]
    """Register and targets."""

    class Meta:
        model = Project
        fields: ClassVar = ["code", "name", "kind", "entered_library", "ex_ante", "confidential", "budget_initial", "goal"]
        widgets: ClassVar = {
            "budget_initial": Amount(),
            "goal": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip
        field_classes: ClassVar = {"entered_library": DateField}

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        if code and not re.fullmatch(r"\d{8}[A-Z]\d{12}", code):
            raise forms.ValidationError("项目代码为 21 位：6 位区划、2 位年度、1 位类别字母、12 位顺序号；还没有代码的可以留空")
        return code

    def clean_budget_initial(self) -> Any:
        value = self.cleaned_data["budget_initial"]
        if value is not None and value < 0:
            raise forms.ValidationError("预算不能是负数")
        return value


class ResultForm(forms.ModelForm):  # type: ignore[type-arg]
    """Results of the year."""

    class Meta:
        model = Project
        fields: ClassVar = ["executed", "result", "process", "conclusion", "problems", "measures"]
        widgets: ClassVar = {"executed": Amount(), **{name: forms.Textarea(attrs={"rows": 3}) for name in ("result", "process", "conclusion", "problems", "measures")}}


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row of targets."""

    class Meta:
        model = Indicator
        fields: ClassVar = ["level1", "level2", "name", "operator", "target", "unit", "weight", "last_year"]
        widgets: ClassVar = {"weight": Amount(), **{name: forms.TextInput() for name in ("level1", "level2", "name", "target", "unit", "last_year")}}

    def clean_weight(self) -> Any:
        value = self.cleaned_data["weight"]
        if value is not None and not 0 <= value <= 90:
            raise forms.ValidationError("权重在 0 和 90 之间")
        return value


class IndicatorResultForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row of results."""

    class Meta:
        model = Indicator
        fields: ClassVar = ["actual", "score", "reason"]
        widgets: ClassVar = {"actual": forms.TextInput(), "score": Amount(), "reason": forms.TextInput()}


class ExAnteForm(Worded, forms.ModelForm):  # type: ignore[type-arg]
    """The assessment before a project begins."""

    report = forms.FileField(label="评估报告", required=False)

    class Meta:
        model = ExAnte
        fields: ClassVar = ["held", "held_by", "necessity", "economy", "goals", "plan", "funding", "conclusion", "opinion"]
        widgets: ClassVar = {"opinion": forms.Textarea(attrs={"rows": 3})}
        field_classes: ClassVar = {"held": DateField}


class MonitoringForm(forms.ModelForm):  # type: ignore[type-arg]
    """The return of one date."""

    class Meta:
        model = Monitoring
        fields: ClassVar = ["executed", "forecast", "reason", "measures"]
        widgets: ClassVar = {"executed": Amount(), "forecast": Amount(), "reason": forms.Textarea(attrs={"rows": 2}), "measures": forms.Textarea(attrs={"rows": 2})}


class AdjustmentForm(Worded, forms.ModelForm):  # type: ignore[type-arg]
    """What is to change, and why."""

    class Meta:
        model = Adjustment
        fields: ClassVar = ["budget", "indicator", "target", "reason"]
        widgets: ClassVar = {"budget": Amount(), "reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = self.instance.project.indicators.all()  # type: ignore[attr-defined]


class DrawForm(Worded, forms.ModelForm):  # type: ignore[type-arg]
    """How a sample is to be drawn."""

    class Meta:
        model = Draw
        fields: ClassVar = ["method", "wanted", "by_unit", "by_kind", "by_money", "bounds", "at_least_one", "seed", "basis"]
        widgets: ClassVar = {"wanted": Amount()}

    def terms(self) -> Terms | None:
        """What has been typed, as terms; None where it is no number yet."""
        self.is_valid()
        return self.instance.terms if self.is_bound and "wanted" in self.cleaned_data and "method" in self.cleaned_data else None


Indicators = inlineformset_factory(Project, Indicator, form=IndicatorForm, extra=6, can_delete=True, max_num=60)
IndicatorResults = inlineformset_factory(Project, Indicator, form=IndicatorResultForm, extra=0, can_delete=False)
