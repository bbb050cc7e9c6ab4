"""Addresses of the app ``performance``."""

from django.urls import path

from gouji.web.performance import evaluating, overview, planning, reviewing, sampling, views

app_name = "performance"
urlpatterns = [
    path("", views.projects, name="projects"),
    path("new", views.new, name="new"),
    path("adjustments", views.adjustments, name="adjustments"),
    path("watch", overview.watch, name="watch"),
    path("register.xlsx", overview.register_file, name="register-file"),
    path("library", reviewing.library, name="library"),
    path("sampling", sampling.sampling, name="sampling"),
    path("sampling.xlsx", sampling.sample_file, name="sample-file"),
    path("sampling/new", sampling.new_draw, name="new-draw"),
    path("sampling/new/live", sampling.live_draw, name="live-draw"),
    path("sampling/<uuid:id>", sampling.shown_draw, name="draw"),
    path("sampling/<uuid:id>/list.csv", sampling.draw_list, name="draw-list"),
    path("sampling/<uuid:id>/withdraw", sampling.withdraw, name="withdraw-draw"),
    path("<uuid:id>", views.project, name="project"),
    path("<uuid:id>/sample", sampling.sample, name="sample"),
    path("<uuid:id>/targets", views.targets, name="targets"),
    path("<uuid:id>/targets/live", planning.live_targets, name="live-targets"),
    path("<uuid:id>/ex-ante", planning.ex_ante, name="ex-ante"),
    path("ex-ante/<uuid:id>", planning.ex_ante_report, name="ex-ante-report"),
    path("<uuid:id>/step", views.step, name="step"),
    path("<uuid:id>/monitoring/<int:month>", views.monitoring, name="monitoring"),
    path("<uuid:id>/adjust", views.adjust, name="adjust"),
    path("adjustments/<uuid:id>/step", views.adjustment_step, name="adjustment-step"),
    path("<uuid:id>/evaluation", evaluating.evaluation, name="evaluation"),
    path("<uuid:id>/evaluation/score", evaluating.live_score, name="live-score"),
    path("<uuid:id>/evidence", evaluating.add_evidence, name="add-evidence"),
    path("evidence/<uuid:id>", evaluating.evidence, name="evidence"),
    path("<uuid:id>/form.<str:form>", evaluating.form_file, name="form-file"),
    path("<uuid:id>/rescoring", reviewing.rescoring, name="rescoring"),
    path("<uuid:id>/use", reviewing.use, name="use"),
]
