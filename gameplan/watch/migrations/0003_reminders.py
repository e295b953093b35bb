import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_trail"),
        ("people", "0001_people"),
        ("watch", "0002_looked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="due",
            name="area",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "label",
                    models.CharField(
                        choices=[("none", "None"), ("initials", "Initials"), ("first-name", "First Name")],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("lang", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("fetched_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("off", "Off"), ("dates", "Dates"), ("weekly", "Weekly"), ("daily", "Daily")],
                        default="weekly",
                        max_length=10,
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(default=0)),
                ("days_before", models.PositiveSmallIntegerField(default=3)),
                ("when_late", models.BooleanField(default=True)),
                ("quiet_from", models.PositiveSmallIntegerField(default=20)),
                ("quiet_until", models.PositiveSmallIntegerField(default=7)),
                ("digest_on", models.DateField(default=datetime.date(1, 1, 1))),
                ("made_for", models.DateField(default=datetime.date(1, 1, 1))),
            ],
            options={
                "indexes": [models.Index(fields=["made_for", "user"], name="wishes_by_day_made_for")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("kind", models.CharField(choices=[("digest", "Digest"), ("dates", "Dates")], max_length=10)),
                ("to", models.EmailField(max_length=254)),
                ("lang", models.CharField(max_length=10)),
                ("subject", models.TextField()),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("stop", models.TextField()),
                ("message_id", models.CharField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Queued"), ("sent", "Sent"), ("failed", "Failed"), ("dropped", "Dropped")],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("try_at", models.DateTimeField()),
                ("claim", models.UUIDField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["try_at", "id"], name="messages_that_wait"
                    ),
                    models.Index(fields=["user", "-day"], name="messages_of_a_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "day", "kind"), name="one_message_a_person_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=16)),
                ("what", models.CharField(choices=[("soon", "Soon"), ("late", "Late")], max_length=5)),
                ("day", models.DateField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "case", "about", "what", "day"), name="told_once_a_person")
                ],
            },
        ),
    ]
