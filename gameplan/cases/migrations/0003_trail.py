"""Chains the rows of the record of access that were written before there was a trail, in the order of their writing."""

from itertools import groupby

from django.db import migrations, models

from gameplan.cases.trail import hash_of


def chain(apps, schema_editor):
    Access, Case = apps.get_model("cases", "Access"), apps.get_model("cases", "Case")
    rows = Access.objects.order_by("case_id", "id")
    for case_id, some in groupby(rows.iterator(chunk_size=2000), key=lambda row: row.case_id):
        head, number, changed = "", 0, []
        for number, row in enumerate(some, start=1):
            row.number, row.before = number, head
            row.hash = head = hash_of(row)
            changed.append(row)
        Access.objects.bulk_update(changed, ["number", "before", "hash"], batch_size=200)
        Case.objects.filter(pk=case_id).update(trail_count=number, trail_head=head)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_many_hands")]

    operations = [
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.UniqueConstraint(fields=("case_id", "number"), name="trail_number_once_a_case"),
        ),
    ]
