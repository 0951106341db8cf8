"""A safe name is listed once, whatever its case: that is how it is looked for."""

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models.functions import Lower


def refuse_twins(apps, schema_editor):
    """Raise ``CommandError`` for names that differ in case only: which of them stays is the author's to say."""
    twins = {}
    for name, folded in apps.get_model("records", "SafeName").objects.order_by("name").values_list(
        "name", Lower("name")
    ):
        twins.setdefault(folded, []).append(name)
    found = [names for names in twins.values() if len(names) > 1]
    if found:
        listed = "; ".join(" and ".join(f"“{name}”" for name in names) for names in found)
        raise CommandError(
            f"Some safe names differ in case only, which makes no difference: {listed}. Keep one of each, such as by\n"
            f"  python3 manage.py shell -c 'SafeName.objects.filter(name=\"{found[0][-1]}\").delete()'\n"
            "and migrate again. Nothing has been changed."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0007_summaries_of_days"),
    ]

    operations = [
        migrations.RunPython(refuse_twins, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="safename",
            name="name",
            field=models.CharField(
                help_text="A client, a repository, a host: found as a whole word, in any case.", max_length=80
            ),
        ),
        migrations.AddConstraint(
            model_name="safename",
            constraint=models.UniqueConstraint(
                Lower("name"), name="safe_name_once", violation_error_message="This name is listed already."
            ),
        ),
    ]
