"""A front goes out and comes off by the clock as well, as it was put together for it."""

import django.db.models.deletion
from django.db import migrations, models

GOING_OUT = models.Q(("act__in", ["release", "update"]))
COMING_OFF = models.Q(("act__in", ["withdraw"]))


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0023_fronts"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RemoveConstraint("appointment", "desk_appointment_of_one"),
        migrations.AddField(
            "appointment",
            "front",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="appointments",
                to="desk.front",
            ),
        ),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(condition=GOING_OUT, fields=("front",), name="desk_front_goes_out_once"),
        ),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(condition=COMING_OFF, fields=("front",), name="desk_front_comes_off_once"),
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(("front", None), ("navigation", None), ("page__isnull", False))
                | models.Q(("front", None), ("navigation__isnull", False), ("page", None))
                | models.Q(("front__isnull", False), ("navigation", None), ("page", None)),
                name="desk_appointment_of_one",
            ),
        ),
    ]
