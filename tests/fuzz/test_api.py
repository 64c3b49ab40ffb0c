"""Generated requests: whatever is sent, the API answers as it is described, and never with an error."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from huiyin.actors import machine
from huiyin.matters.tests.road import Road
from huiyin.people.models import User
from huiyin.people.tokens import issue_token
from huiyin.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
pytestmark = [pytest.mark.fuzz, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


EXAMPLES = int(os.environ.get("HUIYIN_FUZZ", "6"))


@pytest.fixture
def described(cast: Any) -> Any:
    """The API with an office in it: some matters on their way, and a token of the officer."""
    road = Road(cast)
    road.submitted()
    road.under_way(title="第二件")
    officer = User.objects.get(username="office")
    token = issue_token(officer, name="fuzz", by=machine("terminal", cast.jurisdiction.pk))
    schema = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", application, headers={"Authorization": f"Bearer {token}"}
    )
    return schema, {"Authorization": f"Bearer {token}"}


def test_no_request_is_answered_with_an_error(described: Any):
    schema, headers = described
    for found in schema.get_all_operations():
        operation = found.ok()
        _try(operation, headers)


def _try(operation: Any, headers: dict[str, str]) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def sent(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    sent()
