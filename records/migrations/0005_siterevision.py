from django.db import connections, migrations, models


def take_the_triggers_away(apps, schema_editor):
    """Going back: they would write a table that is no more."""
    from records.revision.watched import backend

    backend(connections[schema_editor.connection.alias]).forget(connections[schema_editor.connection.alias])


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_kept_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, take_the_triggers_away),
    ]
