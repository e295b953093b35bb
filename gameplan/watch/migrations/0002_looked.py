import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0001_dues"),
    ]

    operations = [
        migrations.AddField(
            model_name="looked",
            name="holds_until",
            field=models.DateField(default=datetime.date(9999, 12, 31)),
        ),
        migrations.AddField(
            model_name="looked",
            name="told",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
    ]
