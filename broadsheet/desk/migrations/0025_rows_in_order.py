"""Rows of a story that no form put in order stand as they were written, on PostgreSQL too."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0024_topics'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='storybyline',
            options={'ordering': ['sort_order', 'id']},
        ),
        migrations.AlterModelOptions(
            name='storysource',
            options={'ordering': ['sort_order', 'id']},
        ),
        migrations.AlterModelOptions(
            name='storytopic',
            options={'ordering': ['sort_order', 'id']},
        ),
    ]
