"""A byline can be erased by order; its row stays, empty, and says so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0021_asides"),
    ]

    operations = [
        migrations.AddField(
            model_name="byline",
            name="is_erased",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
