"""The Django app of cases."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Children, their timelines, calendars and papers."""

    name = "gameplan.cases"
    label = "cases"

    def import_models(self) -> None:
        """Load the tables of this app: those of the records lie in a module of their own."""
        super().import_models()
        import_module("gameplan.cases.models_records")

    def ready(self) -> None:
        """Name what the trail covers, and tell of every case that goes."""
        from django.db.models.signals import pre_delete

        from gameplan.cases import named, named_joint, named_records
        from gameplan.cases.models import Case
        from gameplan.cases.trail import tell_that_it_goes

        pre_delete.connect(tell_that_it_goes, sender=Case, dispatch_uid="cases")

        records = (
            named_records.AMENDMENTS, named_records.STEPS, named_records.RETENTION, named_records.PERMANENT,
        )  # fmt: skip
        for kind in (named.FACTS, named.PAPERS, named.PINS, *records, named_joint.COPIES):
            named.register(kind)
