"""Addresses of the app ``people``."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from gouji.web.people import views

app_name = "people"
urlpatterns = [
    path("first-run", views.first_run, name="first-run"),
    path("login", views.sign_in, name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("password", views.password, name="password"),
    path("units", views.organisations, name="organisations"),
    path("units/new", views.organisation, name="organisation-new"),
    path("units/<uuid:id>", views.organisation, name="organisation"),
    path("persons", views.persons, name="persons"),
    path("persons/new", views.person, name="person-new"),
    path("persons/<uuid:id>", views.person, name="person"),
]
