from django.db import migrations


class Migration(migrations.Migration):
    """Requests are counted where those of people are (`people.limits`)."""

    dependencies = [("api", "0001_tokens_and_webhooks"), ("people", "0005_limits")]

    operations = [migrations.DeleteModel(name="Spent")]
