"""Addresses of the app ``final_accounts``."""

from django.urls import path

from gouji.web.final_accounts import (
    auditing,
    checking,
    comparing,
    deadlines,
    evaluating,
    importing,
    mapping,
    narrative,
    outputs,
    statements,
    views,
)

app_name = "final_accounts"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("new", views.new, name="new"),
    path("deadlines", deadlines.deadlines, name="deadlines"),
    path("evidence/<uuid:id>", evaluating.evidence, name="evidence"),
    path("<uuid:id>", views.account, name="account"),
    path("<uuid:id>/step", views.step, name="step"),
    path("<uuid:id>/amend", views.amend, name="amend"),
    path("<uuid:id>/imports", importing.upload, name="upload"),
    path("<uuid:id>/imports/<uuid:key>", importing.imported, name="import"),
    path("<uuid:id>/imports/<uuid:key>/decide", importing.decide, name="decide"),
    path("<uuid:id>/imports/<uuid:key>/columns", mapping.columns, name="columns"),
    path("<uuid:id>/statements", statements.statement, name="statements"),
    path("<uuid:id>/statements/<int:number>", statements.statement, name="statement"),
    path("<uuid:id>/figures/<int:fact>", statements.figure, name="figure"),
    path("<uuid:id>/narrative", narrative.narrative, name="narrative"),
    path("<uuid:id>/narrative/write", narrative.write, name="write"),
    path("<uuid:id>/evaluation", evaluating.evaluation, name="evaluation"),
    path("<uuid:id>/evaluation/again", evaluating.compile_entries, name="compile-entries"),
    path("<uuid:id>/evaluation/<str:item>", evaluating.enter, name="enter"),
    path("<uuid:id>/evaluation/<str:item>/evidence", evaluating.add_evidence, name="add-evidence"),
    path("<uuid:id>/audit", auditing.audit, name="audit"),
    path("<uuid:id>/audit/new", auditing.audit_finding, name="audit-new"),
    path("<uuid:id>/audit/<uuid:key>", auditing.audit_finding, name="audit-finding"),
    path("<uuid:id>/check", checking.check, name="check"),
    path("<uuid:id>/check/again", checking.check_again, name="check-again"),
    path("<uuid:id>/against", comparing.add, name="against"),
    path("<uuid:id>/against/<uuid:key>/take-back", comparing.take_back, name="take-back"),
    path("<uuid:id>/check/<str:fingerprint>", checking.justify, name="justify"),
    path("<uuid:id>/outputs", outputs.outputs, name="outputs"),
    path("<uuid:id>/outputs/make", outputs.make, name="make"),
    path("<uuid:id>/outputs/disclosure.<str:form>", outputs.output, name="output"),
]
