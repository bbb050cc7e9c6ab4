"""Django's entry to the app ``final_accounts``."""

from django.apps import AppConfig


class FinalAccounts(AppConfig):
    """What the app is called, its place in the menu, what waits for a person, its part of the demonstration, its jobs."""

    name = "gouji.web.final_accounts"
    label = "final_accounts"
    verbose_name = "部门决算"

    def ready(self) -> None:
        from gouji.web import demo, home
        from gouji.web.final_accounts import checking, comparing, importing, outputs  # noqa: F401 – their jobs
        from gouji.web.final_accounts.sample import fill
        from gouji.web.final_accounts.waiting import waiting
        from gouji.web.people.context import add_to_menu

        add_to_menu("部门决算", "final_accounts:accounts")
        home.WAITING.append(waiting)
        demo.FILLERS.append(fill)
