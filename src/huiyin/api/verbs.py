"""Operations made from the registry: one POST per public verb."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Header
from pydantic import ConfigDict, Field, create_model

from huiyin.api.schemas import REFUSALS, SubjectOut, VerbOut
from huiyin.door import Action, Ask, Done, options, perform, registry

KEY = r"^[A-Za-z0-9._:\-]{1,120}$"
LARGEST_ID = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class Input(Schema):
    """What every verb takes besides its own input; unknown names are refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    seen: int | None = Field(
        default=None, description="版本号：页面打开时主体的 version；不同则拒绝"
    )


def input_schema(verb: Action[Any, Any]) -> type[Input]:
    """The verb's keyword arguments as a schema named after it."""
    hints = get_type_hints(verb.run, include_extras=True)
    found: dict[str, Any] = {}
    for name, parameter in inspect.signature(verb.run).parameters.items():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            found[name] = (hints[name], default)
    return create_model(f"{camel(verb.name)}In", __base__=Input, __doc__=verb.summary, **found)


def camel(name: str) -> str:
    """`matter.close_out` → `MatterCloseOut`."""
    return "".join(part.capitalize() for part in re.split(r"[._]", name))


def values_of(data: Input) -> dict[str, Any]:
    """The verb's input as it expects it: typed values, dataclasses as they are."""
    return {name: _typed(getattr(data, name)) for name in type(data).model_fields if name != "seen"}


def _typed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def operation(verb: Action[Any, Any]) -> Callable[..., VerbOut]:
    """The view of one verb: parse, perform, say what came of it."""
    header = Annotated[str | None, Header(alias="Idempotency-Key", pattern=KEY)]
    takes: dict[str, Any] = {
        "request": HttpRequest,
        "data": input_schema(verb),
        "idempotency_key": header,
    }

    def answer(request: HttpRequest, pk: int, data: Input, key: str | None) -> VerbOut:
        actor = request.actor  # type: ignore[attr-defined]
        ask = Ask(key=key, seen=data.seen) if key else Ask(seen=data.seen)
        return told(verb, perform(verb, pk, actor, ask, **values_of(data)), actor)

    def on_one(request: HttpRequest, pk: Any, data: Any, idempotency_key: Any = None) -> VerbOut:
        return answer(request, pk, data, idempotency_key)

    def in_office(request: HttpRequest, data: Any, idempotency_key: Any = None) -> VerbOut:
        office = request.actor.jurisdiction_id  # type: ignore[attr-defined]
        return answer(request, office, data, idempotency_key)

    do = in_office if in_own_office(verb) else on_one
    do.__annotations__ = takes | ({} if in_own_office(verb) else {"pk": Id})
    do.__name__ = verb.name.replace(".", "_")
    do.__doc__ = inspect.getdoc(verb.run)
    return do


def told(verb: Action[Any, Any], done: Done, actor: Any) -> VerbOut:
    """The answer, with the verbs that the actor may do next to the subject."""
    subject = verb.model._default_manager.filter(pk=done.subject[1]).first()
    same = subject is not None and subject._meta.model_name == done.subject[0]
    allowed = [o.name for o in options(subject, by=actor) if o.allowed] if subject and same else []
    return VerbOut(
        action=done.action,
        subject=SubjectOut(kind=done.subject[0], id=done.subject[1], version=done.version),
        position=done.position,
        facts=done.facts,
        repeated=done.repeated,
        allowed_actions=allowed,
    )


def in_own_office(verb: Action[Any, Any]) -> bool:
    """Whether the verb's subject is the actor's own jurisdiction, which needs no address."""
    return bool(verb.model._meta.model_name == "jurisdiction")


def address(verb: Action[Any, Any]) -> str:
    """`/matter/{pk}/close_out`; `/matter/register` for a verb of the office as a whole."""
    noun, name = verb.name.split(".", 1)
    return f"/{noun}/{name}" if in_own_office(verb) else f"/{noun}/{{pk}}/{name}"


def router() -> Router:
    """Every public verb under its noun."""
    made = Router(tags=["verbs"])
    for verb in registry().values():
        if verb.public:
            made.post(
                address(verb),
                operation_id=verb.name,
                summary=str(verb.label),
                response={200: VerbOut, **REFUSALS},
            )(operation(verb))
    return made
