import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0003_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("delivery_id", models.CharField(max_length=120)),
                ("about", models.CharField(max_length=120)),
                ("leaves", models.JSONField(default=dict)),
                ("way", models.CharField(max_length=20)),
                ("person", models.CharField(max_length=120)),
                ("to_name", models.TextField(blank=True, default="")),
                ("address", models.TextField(blank=True, default="")),
                ("lang", models.CharField(default="en", max_length=20)),
                ("on", models.DateField()),
                ("arrived", models.DateField(null=True)),
                ("handed_by", models.TextField(blank=True, default="")),
                ("signed", models.BooleanField(null=True)),
                ("proof", models.TextField(blank=True, default="")),
                ("no_translation", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Queued"), ("sent", "Sent"), ("failed", "Failed")], max_length=10
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("message_id", models.CharField(blank=True, default="", max_length=200)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("try_at", models.DateTimeField(null=True)),
                ("claim", models.UUIDField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("fact_id", models.CharField(blank=True, default="", max_length=120)),
                ("by_person", models.CharField(max_length=120)),
                ("by_role", models.CharField(max_length=40)),
                ("form_key", models.UUIDField(editable=False, null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="LanguageHelp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "what",
                    models.CharField(
                        choices=[("interpreter", "Interpreter"), ("translation", "Translation"), ("oral", "Oral")],
                        max_length=20,
                    ),
                ),
                ("about", models.CharField(blank=True, default="", max_length=120)),
                ("for_what", models.TextField(blank=True, default="")),
                ("person", models.CharField(max_length=120)),
                ("to_name", models.TextField(blank=True, default="")),
                ("lang", models.TextField()),
                ("asked_on", models.DateField()),
                ("needed_by", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("by_whom", models.TextField(blank=True, default="")),
                ("understood", models.BooleanField(null=True)),
                ("form_key", models.UUIDField(editable=False, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="language_help", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="notices.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("tried", "Tried"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("opened", "Opened"),
                            ("downloaded", "Downloaded"),
                            ("confirmed", "Confirmed"),
                            ("arrived", "Arrived"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("lang", models.CharField(blank=True, default="", max_length=20)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("person", models.CharField(blank=True, default="", max_length=120)),
                ("role", models.CharField(blank=True, default="", max_length=40)),
                ("by_link", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="notices.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("notice_id", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("about_event", models.TextField(blank=True, default="")),
                ("corrects", models.TextField(blank=True, default="")),
                ("side", models.CharField(max_length=10)),
                ("made_by", models.CharField(max_length=120)),
                ("made_role", models.CharField(max_length=40)),
                ("form_key", models.UUIDField(editable=False, null=True)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lang", models.CharField(max_length=20)),
                ("title", models.TextField()),
                ("values", models.JSONField(default=dict)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("rules", models.JSONField(default=list)),
                ("pdf", models.BinaryField()),
                ("is_original", models.BooleanField(default=True)),
                ("translated_by", models.TextField(blank=True, default="")),
                ("made_by", models.CharField(max_length=120)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="editions", to="notices.notice"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=120)),
                ("to_name", models.TextField(blank=True, default="")),
                ("papers", models.TextField()),
                ("meetings", models.TextField()),
                ("interpreter", models.BooleanField(default=False)),
                ("is_written", models.BooleanField(default=True)),
                ("note", models.TextField(blank=True, default="")),
                ("on", models.DateField()),
                ("by_person", models.CharField(max_length=120)),
                ("by_role", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="language_wishes", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=120)),
                ("to_name", models.TextField(blank=True, default="")),
                ("by_email", models.BooleanField()),
                ("address", models.TextField(blank=True, default="")),
                ("on", models.DateField()),
                ("how", models.CharField(max_length=20)),
                ("by_person", models.CharField(max_length=120)),
                ("by_role", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delivery_choices", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["case", "person"], name="delivery_choices_of_a_person")],
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "queued")), fields=["try_at"], name="deliveries_waiting"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["case", "about"], name="deliveries_of_a_paper"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["message_id"], name="delivery_of_a_message"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("case", "delivery_id"), name="delivery_id_once_a_case"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("case", "form_key"), name="delivery_made_once"),
        ),
        migrations.AddConstraint(
            model_name="languagehelp",
            constraint=models.UniqueConstraint(fields=("case", "form_key"), name="language_help_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("case", "notice_id"), name="notice_id_once_a_case"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("case", "form_key"), name="notice_finished_once"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("notice", "lang"), name="edition_once_a_language"),
        ),
        migrations.AddIndex(
            model_name="wish",
            index=models.Index(fields=["case", "person"], name="language_wishes_of_a_person"),
        ),
    ]
