"""Addresses of the app ``trail``."""

from django.urls import path

from gouji.web.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.changes, name="changes"),
    path("verify", views.verify, name="verify"),
    path("<str:subject>/<uuid:id>", views.record, name="record"),
]
