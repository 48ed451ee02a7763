"""A navigation goes out and comes off by the clock as well, with the entries that were put together for it."""

import django.db.models.deletion
from django.db import migrations, models

GOING_OUT = models.Q(("act__in", ["release", "update"]))
COMING_OFF = models.Q(("act__in", ["withdraw"]))


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0020_story_types"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AlterField(
            "appointment",
            "page",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="appointments",
                to="wagtailcore.page",
            ),
        ),
        migrations.AddField(
            "appointment",
            "navigation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="appointments",
                to="desk.navigation",
            ),
        ),
        migrations.AddField("appointment", "entries", models.JSONField(null=True)),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(condition=GOING_OUT, fields=("navigation",), name="desk_navigation_goes_out_once"),
        ),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(condition=COMING_OFF, fields=("navigation",), name="desk_navigation_comes_off_once"),
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(("navigation__isnull", False), ("page", None))
                | models.Q(("navigation", None), ("page__isnull", False)),
                name="desk_appointment_of_one",
            ),
        ),
    ]
