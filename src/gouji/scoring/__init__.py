"""Scoring (评分): schemes → scores, pure and exact, each with its derivation in Chinese.

``score_project`` a form, ``score_evaluation`` a printed department evaluation, ``score_scheme`` a scheme from its inputs, ``score_service`` a
service assessment; ``judge`` holds a printed score against a computed one; ``explain_scheme`` tells a scheme to people.
"""

from gouji.scoring.cells import Cell, number, operator_of, read_cell
from gouji.scoring.evaluations import (
    EvaluationScore,
    ItemScore,
    SchemeScore,
    grade_of,
    score_evaluation,
    score_scheme,
    score_service,
)
from gouji.scoring.explaining import explain_scheme, list_schemes
from gouji.scoring.formulas import evaluate, fee_reduction
from gouji.scoring.indicators import score_indicator, score_values
from gouji.scoring.judging import judge
from gouji.scoring.projects import (
    ProjectScore,
    RowScore,
    WeightSum,
    generic_indicators,
    project_scheme,
    score_execution,
    score_project,
    split_for,
)
from gouji.scoring.scored import Judgement, Outcome, Scored, Verdict, grain_of, rounded
from gouji.standards.scheme_match import find_item, recognise

__all__ = [
    "Cell",
    "EvaluationScore",
    "ItemScore",
    "Judgement",
    "Outcome",
    "ProjectScore",
    "RowScore",
    "SchemeScore",
    "Scored",
    "Verdict",
    "WeightSum",
    "evaluate",
    "explain_scheme",
    "fee_reduction",
    "find_item",
    "generic_indicators",
    "grade_of",
    "grain_of",
    "judge",
    "list_schemes",
    "number",
    "operator_of",
    "project_scheme",
    "read_cell",
    "recognise",
    "rounded",
    "score_evaluation",
    "score_execution",
    "score_indicator",
    "score_project",
    "score_scheme",
    "score_service",
    "score_values",
    "split_for",
]
