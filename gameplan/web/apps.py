"""The Django app of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, their look and their pictures."""

    name = "gameplan.web"
    label = "web"
    verbose_name = "gameplan pages"
