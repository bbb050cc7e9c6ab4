"""Addresses of the app ``final_accounts``."""

from django.urls import path

from gouji.web.final_accounts import views

app_name = "final_accounts"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("new", views.new, name="new"),
    path("<uuid:id>", views.account, name="account"),
    path("<uuid:id>/step", views.step, name="step"),
]
