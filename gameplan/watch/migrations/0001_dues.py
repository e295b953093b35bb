import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0003_trail"),
        ("people", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(max_length=10)),
                ("next_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("pack", models.CharField(max_length=10)),
                ("clock", models.CharField(max_length=120)),
                ("started_by", models.CharField(blank=True, default="", max_length=120)),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("kind", models.CharField(max_length=20)),
                ("title", models.JSONField()),
                ("owed_by", models.JSONField(default=list)),
                ("owed_to", models.JSONField(default=list)),
                ("status", models.CharField(max_length=12)),
                ("confidence", models.CharField(max_length=10)),
                ("started", models.DateField(null=True)),
                ("due", models.DateField(null=True)),
                ("due_earliest", models.DateField(null=True)),
                ("due_latest", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("next_on", "id"),
                "indexes": [
                    models.Index(fields=["case", "side", "next_on"], name="dues_of_a_case"),
                    models.Index(fields=["school", "side", "next_on", "id"], name="dues_of_a_school"),
                    models.Index(fields=["district", "side", "next_on", "id"], name="dues_of_a_district"),
                    models.Index(
                        fields=["school", "side", "status", "next_on", "id"], name="dues_of_a_school_by_status"
                    ),
                    models.Index(
                        fields=["district", "side", "status", "next_on", "id"], name="dues_of_district_by_status"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "side", "pack", "clock", "started_by", "number"), name="one_row_a_duty_and_side"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Looked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(max_length=10)),
                ("next_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("revision", models.PositiveIntegerField()),
                ("as_of", models.DateField()),
                ("law", models.CharField(max_length=16)),
                ("changes_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("late", models.PositiveSmallIntegerField(default=0)),
                ("due_soon", models.PositiveSmallIntegerField(default=0)),
                ("running", models.PositiveSmallIntegerField(default=0)),
                ("cannot_tell", models.PositiveSmallIntegerField(default=0)),
                ("paused", models.PositiveSmallIntegerField(default=0)),
                ("not_started", models.PositiveSmallIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("next_on", "case_id"),
                "indexes": [
                    models.Index(fields=["changes_on", "case"], name="looks_that_a_day_changes"),
                    models.Index(fields=["school", "side", "next_on", "case"], name="cases_of_a_school_by_day"),
                    models.Index(fields=["district", "side", "next_on", "case"], name="cases_of_a_district_by_day"),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "side"), name="looked_once_a_case_and_side")],
            },
        ),
    ]
