from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_invitations")]

    operations = [
        migrations.AlterField("schoolyear", "first_day", models.DateField(blank=True, null=True)),
        migrations.AlterField("schoolyear", "last_day", models.DateField(blank=True, null=True)),
        migrations.AddField("schoolyear", "saved_by", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("post", "given_by", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("post", "ended_by", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddConstraint(
            "schoolyear",
            models.CheckConstraint(
                condition=models.Q(("adds", True))
                | models.Q(("first_day__isnull", False), ("last_day__isnull", False)),
                name="a_whole_year_has_both_ends",
            ),
        ),
    ]
