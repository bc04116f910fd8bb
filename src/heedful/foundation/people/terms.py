"""The table of an organisation's own words."""

from django.db import models

from heedful.foundation.access.models import TenantModel
from heedful.foundation.ledger.history import tracked


@tracked
class TaxonomyTerm(TenantModel):
    """An organisation's own word, mapped onto a core slug; `valid_to` is its last day."""

    taxonomy = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    maps_to = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_taxonomy_term"
        constraints = [models.UniqueConstraint(fields=["organisation", "taxonomy", "slug"], name="term_once")]
