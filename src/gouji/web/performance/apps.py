"""Django's entry to the app ``performance``."""

from django.apps import AppConfig


class Performance(AppConfig):
    """What the app is called, its place in the menu, what waits for a person, its part of the demonstration."""

    name = "gouji.web.performance"
    label = "performance"
    verbose_name = "项目绩效"

    def ready(self) -> None:
        from gouji.web import demo, home
        from gouji.web.people.context import add_to_menu
        from gouji.web.performance.overview import year_panel
        from gouji.web.performance.sample import fill
        from gouji.web.performance.secrecy import hidden_records
        from gouji.web.performance.waiting import waiting
        from gouji.web.trail.views import HIDDEN

        add_to_menu("项目绩效", "performance:projects")
        home.WAITING.append(waiting)
        home.PANELS.append(year_panel)
        demo.FILLERS.append(fill)
        HIDDEN.append(hidden_records)
