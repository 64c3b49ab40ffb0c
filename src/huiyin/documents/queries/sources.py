"""Which matters came from one document, as `matters` asks without knowing documents."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from huiyin.documents.models import Instruction, RequirementMatter
from huiyin.matters.models import Matter


def matters_of(document: int) -> dict[str, Any]:
    """The filter on matters registered from the words of a document or an instruction written on it."""
    links = RequirementMatter.objects.filter(passage__document=document, registered=True)
    orders = Instruction.objects.filter(document=document)
    found = Matter.objects.filter(
        Q(pk__in=links.values("matter"))
        | Q(source_type="instruction", source_id__in=orders.values("pk"))
    )
    return {"pk__in": found.values("pk")}
