"""Addresses of the app ``work``."""

from django.urls import path

from gouji.web.work import views

app_name = "work"
urlpatterns = [path("", views.jobs, name="jobs"), path("<uuid:id>", views.job, name="job")]
