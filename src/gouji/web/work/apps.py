"""Django's entry to the app ``work``."""

from django.apps import AppConfig


class Work(AppConfig):
    """What the app is called, and its place in the menu."""

    name = "gouji.web.work"
    label = "work"
    verbose_name = "任务"
