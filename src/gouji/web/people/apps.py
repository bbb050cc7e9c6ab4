"""Django's entry to the app ``people``."""

from django.apps import AppConfig


class People(AppConfig):
    """What the app is called, and its place in the menu."""

    name = "gouji.web.people"
    label = "people"
    verbose_name = "人员与单位"

    def ready(self) -> None:
        from gouji.web import home
        from gouji.web.people import expiry  # noqa: F401 – hears who signs in
        from gouji.web.people.context import add_to_menu
        from gouji.web.people.models import Role
        from gouji.web.people.overview import people_panel

        add_to_menu("单位", "people:organisations", Role.ADMINISTRATOR)
        home.PANELS.append(people_panel)
        add_to_menu("人员", "people:persons", Role.ADMINISTRATOR)
