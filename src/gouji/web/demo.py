"""The fictitious department for ``gouji serve --demo``: a tree of units and one account per role. Each app adds its part of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gouji.web.people.models import Organisation, Person, Role
from gouji.web.trail.recording import recording

PASSWORD = "gouji-demo-2023"
# The department is the one of ``gouji demo``: its sample books carry these names and codes.
DIVISION, DEPARTMENT = ("519999", "云岭市林泉区财政局"), ("207", "云岭市林泉区文化和旅游局")
UNITS = (("207001", "云岭市林泉区文化和旅游局（本级）", "administrative"), ("207002", "云岭市林泉区文化馆", "public"))
ACCOUNTS = (
    ("admin", "系统管理员", Role.ADMINISTRATOR, ""), ("jingban", "何经办", Role.PREPARER, "207001"), ("jingban2", "苏经办", Role.PREPARER, "207002"),
    ("fuze", "林局长", Role.HEAD, "207001"), ("zhuguan", "周主管", Role.SUPERVISOR, "207"), ("shenhe", "吴审核", Role.REVIEWER, "519999"),
    ("shenpi", "郑审批", Role.APPROVER, "519999"),
)  # fmt: skip

#: A district's published scheme: every item has its formula, a re-scoring its difference bands, execution its checkpoints.
STANDARDS = "cn-sichuan-suining"

#: What apps add to the demonstration: called once, with the units by code and the persons by user name.
FILLERS: list[Callable[[dict[str, Organisation], dict[str, Person]], None]] = []


def fill() -> Iterator[str]:
    """Fills an empty database and yields lines for the terminal."""
    if not Person.objects.exists():
        with recording(None, "装入演示数据"):
            units, persons = _people()
            for each in FILLERS:
                each(units, persons)
    yield f"演示账号（密码都是 {PASSWORD}）："
    for username, name, role, _code in ACCOUNTS:
        yield f"  {username:<9} {name}，{Role(role).label}"
    yield "演示数据都是虚构的；请不要在里面填真实内容。"


def _people() -> tuple[dict[str, Organisation], dict[str, Person]]:
    units: dict[str, Organisation] = {}

    def place(code: str, name: str, level: str, above: str = "", kind: str = "") -> None:
        units[code] = Organisation(code=code, name=name, level=level, parent=units.get(above), kind=kind, jurisdiction=STANDARDS)
        units[code].save()

    place(*DIVISION, "division")
    place(*DEPARTMENT, "department", DIVISION[0])
    for code, name, kind in UNITS:
        place(code, name, "unit", DEPARTMENT[0], kind)
    persons = {}
    for username, name, role, code in ACCOUNTS:
        made = persons[username] = Person(username=username, name=name, role=role, organisation=units.get(code))
        made.set_password(PASSWORD)
        made.save()
    return units, persons
