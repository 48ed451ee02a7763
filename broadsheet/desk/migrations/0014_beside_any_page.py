"""Notices, preview links, appointments and corrections hang on any page with an address, as they did on stories.

A story's number is that of its page, so every row keeps its column's value and is carried over as it is.
"""

import django.db.models.deletion
from django.db import migrations, models

GOING_OUT = models.Q(("act__in", ["release", "update"]))
COMING_OFF = models.Q(("act__in", ["withdraw"]))


def beside(name, related_name):
    """Let the model's rows hang on a page."""
    return [
        migrations.RenameField(name, "story", "page"),
        migrations.AlterField(
            name,
            "page",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to="wagtailcore.page"
            ),
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0013_appointment_in_row"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RenameModel("StoryCorrection", "CorrectionNote"),
        *beside("correctionnote", "corrections"),
        *beside("desknotice", "desk_notices"),
        *beside("previewlink", "preview_links"),
        migrations.RemoveConstraint("appointment", "desk_goes_out_once"),
        migrations.RemoveConstraint("appointment", "desk_comes_off_once"),
        *beside("appointment", "appointments"),
        migrations.AddConstraint(
            "appointment", models.UniqueConstraint(condition=GOING_OUT, fields=("page",), name="desk_goes_out_once")
        ),
        migrations.AddConstraint(
            "appointment", models.UniqueConstraint(condition=COMING_OFF, fields=("page",), name="desk_comes_off_once")
        ),
        migrations.AddField(
            model_name="standingpage",
            name="legal_hold",
            field=models.TextField(blank=True, editable=False),
        ),
    ]
