"""Pages of signing in, persons and units."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gouji.web.people.forms import FirstRunForm, OrganisationForm, PasswordForm, PersonForm
from gouji.web.people.models import Organisation, Person, Role
from gouji.web.people.rights import EVERYONE, for_roles, person_of
from gouji.web.people.scope import visible_organisations
from gouji.web.trail.recording import recording


class SignIn(LoginView):
    """The sign-in page; ``next`` leads back to where the person was (a lost session loses no place)."""

    template_name = "people/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return {**super().get_context_data(**given), "oidc": settings.OIDC, "oidc_refused": self.request.GET.get("oidc") == "refused"}


sign_in = login_not_required(SignIn.as_view())


@login_not_required
def first_run(request: HttpRequest) -> HttpResponse:
    """The page that makes the administrator and the division; there is none once somebody exists."""
    if Person.objects.exists():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with transaction.atomic(), recording(None, "首次设置"):
            Organisation(
                level=Organisation.Level.DIVISION, code=told["division_code"], name=told["division_name"], jurisdiction=told["jurisdiction"]
            ).save()
            person = Person(username=told["username"], name=told["name"], role=Role.ADMINISTRATOR)
            person.set_password(told["password"])
            person.save()
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, "已建好系统管理员。下一步：建立主管部门和预算单位，再为每个人建账号。")
        return redirect("people:organisations")
    return render(request, "people/first_run.html", {"form": form})


@for_roles(*EVERYONE)
def password(request: HttpRequest) -> HttpResponse:
    """Everyone's own password."""
    person = person_of(request)
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with recording(person, "本人修改密码"):
            person.set_password(form.cleaned_data["password"])
            person.must_change_password = False
            person.save()
        update_session_auth_hash(request, person)
        messages.success(request, "密码已改。")
        return redirect("home")
    return render(request, "people/password.html", {"form": form})


@for_roles(*EVERYONE)
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree of units that the person sees."""
    rows = visible_organisations(person_of(request)).order_by("path")
    shown = [(row, row.path.count("/") - 1) for row in rows]
    return render(request, "people/organisations.html", {"shown": shown})


@for_roles(Role.ADMINISTRATOR)
def organisation(request: HttpRequest, id: UUID | None = None) -> HttpResponse:
    """A new unit, or a change of one."""
    row = get_object_or_404(Organisation, pk=id) if id else Organisation(jurisdiction="cn")
    form = OrganisationForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with recording(person_of(request), request.POST.get("reason", "")):
            moved = [] if row._state.adding else list(Organisation.objects.filter(path__startswith=row.path).exclude(pk=row.pk).order_by("path"))
            form.save()
            for each in moved:  # a changed code or parent moves the whole subtree
                each.refresh_from_db(fields=["parent"])
                each.save()
        messages.success(request, f"已保存：{row.name}")
        return redirect("people:organisations")
    return render(request, "people/organisation.html", {"form": form, "row": row})


@for_roles(Role.ADMINISTRATOR)
def persons(request: HttpRequest) -> HttpResponse:
    """All persons, by unit."""
    return render(request, "people/persons.html", {"persons": Person.objects.select_related("organisation").order_by("organisation__path", "username")})


@for_roles(Role.ADMINISTRATOR)
def person(request: HttpRequest, id: UUID | None = None) -> HttpResponse:
    """A new person, or a change of one."""
    row = get_object_or_404(Person, pk=id) if id else Person()
    form = PersonForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with recording(person_of(request), request.POST.get("reason", "")):
            if form.cleaned_data["password"]:
                row.set_password(form.cleaned_data["password"])
                row.must_change_password = True
            form.save()
        messages.success(request, f"已保存：{row}")
        return redirect("people:persons")
    return render(request, "people/person.html", {"form": form, "row": row})
