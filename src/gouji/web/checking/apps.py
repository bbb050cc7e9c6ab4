"""Django's entry to the app ``checking``."""

from django.apps import AppConfig


class Checking(AppConfig):
    """What the app is called, its place in the menu, its jobs."""

    name = "gouji.web.checking"
    label = "checking"
    verbose_name = "核对文件"

    def ready(self) -> None:
        from gouji.web.checking import running  # noqa: F401  (registers the job)
        from gouji.web.people.context import add_to_menu
        from gouji.web.people.models import Role

        add_to_menu("核对文件", "checking:start", *Role)
