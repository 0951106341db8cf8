"""A tag that is renamed or merged keeps its old address."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_safe_names_once'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='oldaddress',
            name='old_address_leads_to_one_place',
        ),
        migrations.AddField(
            model_name='oldaddress',
            name='tag',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='records.tag'),
        ),
        migrations.AddConstraint(
            model_name='oldaddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category__isnull', True), ('day__isnull', False), ('tag__isnull', True)), models.Q(('category__isnull', False), ('day__isnull', True), ('tag__isnull', True)), models.Q(('category__isnull', True), ('day__isnull', True), ('tag__isnull', False)), _connector='OR'), name='old_address_leads_to_one_place'),
        ),
    ]
