from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_stamps")]

    operations = [
        migrations.CreateModel(
            name="Spent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=64)),
                ("start", models.PositiveBigIntegerField(db_index=True)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("who", "start"), name="one_count_a_stretch")],
            },
        ),
    ]
