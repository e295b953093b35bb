from django.db import migrations, models
from django.db.models import Q

from gameplan.cases.names import folded


def fold_names(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    some = []
    for case in Case.objects.exclude(child_name="").only("pk", "child_name").iterator(chunk_size=1000):
        case.child_sought = folded(case.child_name)
        some.append(case)
        if len(some) == 1000:
            Case.objects.bulk_update(some, ["child_sought"], batch_size=200)
            some = []
    Case.objects.bulk_update(some, ["child_sought"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_joining"), ("people", "0003_districts")]

    operations = [
        migrations.AddField("case", "child_sought", models.TextField(blank=True, default="", editable=False)),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.AddIndex(
            "case", models.Index(fields=["school", "child_sought", "id"], name="children_of_a_school_by_name")
        ),
        migrations.AddIndex(
            "entry", models.Index(condition=Q(("planned", True)), fields=["on"], name="planned_facts_by_day")
        ),
    ]
