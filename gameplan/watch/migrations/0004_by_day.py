from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("watch", "0003_reminders")]

    operations = [
        migrations.AddIndex("due", models.Index(fields=["side", "status", "next_on", "id"], name="dues_by_status")),
        migrations.AddIndex("due", models.Index(fields=["side", "clock", "next_on", "id"], name="dues_by_clock")),
        migrations.AddIndex("looked", models.Index(fields=["side", "next_on", "case"], name="cases_by_day")),
    ]
