from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_districts")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.UUIDField()),
                ("number", models.PositiveBigIntegerField(default=1)),
            ],
            options={"indexes": [models.Index(fields=["place", "number"], name="stamps_of_a_place")]},
        ),
    ]
