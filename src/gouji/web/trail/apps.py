"""Django's entry to the app ``trail``."""

from django.apps import AppConfig


class Trail(AppConfig):
    """What the app is called, and its place in the menu."""

    name = "gouji.web.trail"
    label = "trail"
    verbose_name = "留痕"

    def ready(self) -> None:
        from gouji.web.trail.walls import connected

        connected()
        from gouji.web.people.context import add_to_menu
        from gouji.web.people.models import Role

        add_to_menu("变更记录", "trail:changes", *Role, end=True)
