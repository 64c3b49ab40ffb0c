"""Programs ask and decide as people do."""

from __future__ import annotations

from datetime import timedelta

from huiyin import clock
from huiyin.matters.models import Matter, Variation
from huiyin.matters.tests.road import Road


def test_an_extension_is_asked_and_decided_by_programs(road: Road, signed_in):
    matter = road.planned(supporting=[])
    until = clock.today() + timedelta(days=45)
    sent = {"until": until.isoformat(), "reason": "汛期不能施工"}
    path = f"/api/matter/{matter.pk}/ask_extension"
    answer = signed_in("water").post(path, sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    row = Variation.objects.get()
    decided = {"granted": True, "decision": "属实"}
    path = f"/api/variation/{row.pk}/decide"
    refused = signed_in("mayor").post(path, decided, content_type="application/json")
    assert refused.status_code == 403
    answer = signed_in("office").post(path, decided, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert Matter.objects.get(pk=matter.pk).due_on == until


def test_an_amount_is_a_number_to_programs(road: Road, signed_in):
    matter = road.planned(quantity=83, quantity_unit="所", supporting=[])
    path = f"/api/matter/{matter.pk}/ask_adjustment"
    sent = {"kind": "amount", "quantity": "60.5", "reason": "资金"}
    answer = signed_in("water").post(path, sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    sent["quantity"] = "很多"
    answer = signed_in("water").post(path, sent, content_type="application/json")
    assert answer.status_code == 422
