"""Lock what an earlier version wrote in plain: papers, private words, drafts."""

from __future__ import annotations

import base64
import json
from uuid import UUID

from django.db import migrations

from gameplan.sealing.keys import roots
from gameplan.sealing.seal import MARK, seal

ROWS_AT_ONCE = 100
TEXT_MARK = "\u2060sealed:"
COLUMNS = (
    ("cases", "Attachment", "content", "case_id"),
    ("cases", "Draft", "data", "case_id"),
    ("cases", "Entry", "note", "case_id"),
    ("cases", "KeptCopy", "content", "case_id"),
    ("consents", "ConsentRequest", "pdf", "case_id"),
    ("consents", "Signature", "pdf", "case_id"),
    ("notices", "Edition", "pdf", "notice__case_id"),
    ("papers", "Letter", "fields", "case_id"),
    ("papers", "Letter", "pdf", "case_id"),
    ("papers", "Letter", "text", "case_id"),
    ("planning", "Version", "pdf", "plan__case_id"),
    ("progress", "ProgressReport", "pdf", "case_id"),
)


def lock(apps, schema_editor):
    for app, model, name, case in COLUMNS:
        rows, place, last = apps.get_model(app, model)._base_manager, f"{app}.{model}.{name}", None
        while True:
            later = rows.filter(**({} if last is None else {"pk__gt": last})).order_by("pk")
            step = list(later.values_list("pk", name, case)[:ROWS_AT_ONCE])
            if not step:
                break
            for key, value, of in step:
                locked = locked_form(value, of or UUID(int=0), place)
                if locked is not None:
                    rows.filter(pk=key).update(**{name: locked})
            last = step[-1][0]


def locked_form(value, of, place):
    """What goes into the column, or None where nothing is to be locked."""
    if value is None or value == "" or (isinstance(value, str) and value.startswith(TEXT_MARK)):
        return None
    if isinstance(value, (bytes, bytearray, memoryview)):
        plain = bytes(value)
        return None if plain.startswith(MARK) else seal(plain, of=of, place=place, roots=roots())
    is_text = isinstance(value, str) and not place.endswith((".data", ".fields"))
    plain = value if is_text else json.dumps(value, ensure_ascii=False)
    return TEXT_MARK + base64.b64encode(seal(plain.encode(), of=of, place=place, roots=roots())).decode("ascii")


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("cases", "0007_brought"),
        ("consents", "0003_signed_copies"),
        ("notices", "0002_brought"),
        ("papers", "0001_initial"),
        ("planning", "0002_sides"),
        ("progress", "0003_behavior"),
    ]
    operations = [migrations.RunPython(lock, migrations.RunPython.noop)]
