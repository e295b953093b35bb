from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0001_consents"),
    ]

    operations = [
        migrations.AddField(
            model_name="consentanswer",
            name="signed_by",
            field=models.TextField(blank=True, default=""),
        ),
    ]
