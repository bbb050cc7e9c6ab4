"""A small tree of units with one person per role, for the workspace's tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from gouji.web.people.models import Organisation, Person, Role
from gouji.web.trail.recording import recording

PASSWORD = "望江楼2023年度"


@dataclass
class Tree:
    """Two departments with a unit each under one division; ``persons`` by role stand at the first."""

    division: Organisation
    department: Organisation
    unit: Organisation
    other_department: Organisation
    other_unit: Organisation
    persons: dict[str, Person]
    stranger: Person  # a preparer of the other unit


def grow() -> Tree:
    with recording(None, "测试"):
        division = _place(None, "division", "510900", "林泉市财政局")
        department = _place(division, "department", "301", "林泉市档案局")
        unit = _place(department, "unit", "301001", "林泉市档案局机关", "administrative")
        other_department = _place(division, "department", "302", "林泉市水务局")
        other_unit = _place(other_department, "unit", "302001", "林泉市水务局机关", "administrative")
        places = {
            Role.PREPARER: unit, Role.HEAD: unit, Role.SUPERVISOR: department, Role.REVIEWER: division, Role.APPROVER: division, Role.ADMINISTRATOR: None,
        }  # fmt: skip
        persons = {str(role): _person(str(role), role, place) for role, place in places.items()}
        stranger = _person("stranger", Role.PREPARER, other_unit)
    return Tree(division, department, unit, other_department, other_unit, persons, stranger)


def _place(parent: Organisation | None, level: str, code: str, name: str, kind: str = "") -> Organisation:
    made = Organisation(parent=parent, level=level, code=code, name=name, kind=kind, jurisdiction="cn-sichuan")
    made.save()
    return made


def _person(username: str, role: str, place: Organisation | None) -> Person:
    made = Person(username=username, name=f"{Role(role).label}甲", role=role, organisation=place)
    made.password = _hashed()
    made.save()
    return made


@cache
def _hashed() -> str:
    """Hashing is slow by intent: once for all tests."""
    return make_password(PASSWORD)
