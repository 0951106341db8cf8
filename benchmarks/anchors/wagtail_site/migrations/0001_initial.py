"""The page and its rows."""

import django.db.models.deletion
import modelcluster.fields  # type: ignore[import-not-found] # of the anchors' environment alone
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True
    dependencies = [("wagtailcore", "0098_apitoken")]
    operations = [
        migrations.CreateModel(
            name="RecordPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("date", models.DateField()),
                ("lede", models.TextField(blank=True)),
            ],
            options={"abstract": False},
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("name", models.CharField(max_length=60)),
                ("description", models.TextField()),
                ("category", models.CharField(blank=True, max_length=60)),
                ("human_hours", models.DecimalField(decimal_places=4, max_digits=9, null=True)),
                ("agent_minutes", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("supervisory_minutes", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("factor", models.FloatField(null=True)),
                ("supervisory_factor", models.FloatField(null=True)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="wagtail_site.recordpage",
                    ),
                ),
            ],
            options={"ordering": ["sort_order"], "abstract": False},
        ),
    ]
