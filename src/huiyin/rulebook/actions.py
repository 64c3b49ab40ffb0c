"""Changes of rules: adopting the shipped ones when an office is founded, amending them later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal
from huiyin.rulebook import permits
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.models import Rule, RuleVersion
from huiyin.rulebook.rules import SHEETS, clean


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 of a clean body, in hex."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@action("rule.adopt", label=_("启用规则"), model=Rule, permit=permits.sets_up, public=False)
def adopt(rule: Rule, call: Call) -> Facts:
    """The shipped default of `rule.code` is in force as version 1; the row given is new."""
    default = shipped(rule.code)
    call.create(rule, concerns=True)
    version = _version(
        rule,
        call,
        body=clean(SHEETS[rule.code], default.body),
        source=default.source,
        reason=default.note,
    )
    return {"code": rule.code, "number": version.number, "digest": version.digest}


@action("rule.amend", label=_("修订规则"), model=Rule, permit=permits.keeps_rules)
def amend(
    rule: Rule, call: Call, *, body: Mapping[str, Any], source: str, reason: str, effective_on: date
) -> Facts:
    """A new version stands beside the old ones and is in force from `effective_on`.

    Refuses a bad body (naming the cells), an effect in the past, a missing source or reason, and an
    amendment that changes nothing.
    """
    cleaned = clean(SHEETS[rule.code], body)
    _check_paper(call, source, reason, effective_on)
    before = rule.versions.get(number=rule.current)
    if (before.digest, before.source) == (digest_of(cleaned), source.strip()):
        raise Refusal(_now("和现行版本相比没有改动。"), code="nothing_changed")
    rule.current += 1
    version = _version(
        rule,
        call,
        body=cleaned,
        source=source.strip(),
        reason=reason.strip(),
        effective_on=effective_on,
    )
    return {"number": version.number, "effective_on": effective_on, "digest": version.digest}


def _check_paper(call: Call, source: str, reason: str, effective_on: date) -> None:
    """An amendment says on which ground and why, and never reaches into the past."""
    fields: dict[str, list[str]] = {}
    if not source.strip():
        fields["source"] = [_now("请写明依据的法条或本地规定。")]
    if not reason.strip():
        fields["reason"] = [_now("请写明修订理由。")]
    if effective_on < call.today:
        fields["effective_on"] = [_now("生效日期不能早于今天。")]
    if fields:
        raise Refusal(_now("修订没有写全。"), code="amendment_is_incomplete", fields=fields)


def _version(
    rule: Rule,
    call: Call,
    *,
    body: dict[str, Any],
    source: str,
    reason: str,
    effective_on: date | None = None,
) -> RuleVersion:
    version: RuleVersion = call.create(
        RuleVersion(
            rule=rule,
            number=rule.current,
            body=body,
            digest=digest_of(body),
            source=source,
            reason=reason,
            effective_on=effective_on or call.today,
            created_at=call.at,
            author_id=call.actor.user_id,
            author_name=call.actor.name,
        )
    )
    return version
