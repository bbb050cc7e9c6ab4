"""Addresses of the app ``checking``."""

from django.urls import path

from gouji.web.checking import views

app_name = "checking"
urlpatterns = [
    path("", views.start, name="start"),
    path("<uuid:id>", views.checking, name="checking"),
    path("<uuid:id>/statistics", views.statistics, name="statistics"),
    path("<uuid:id>/workbook.xlsx", views.workbook, name="workbook"),
    path("<uuid:id>/all.zip", views.everything, name="everything"),
    path("<uuid:id>/delete", views.delete, name="delete"),
    path("files/<uuid:id>", views.file, name="file"),
    path("files/<uuid:id>/report.html", views.report, name="report"),
    path("files/<uuid:id>/download/<str:form>", views.download, name="download"),
]
