"""A real office in a database of its own, worked on by processes: `python -m tests.contract.office VERB …`

found                  migrate, found the office with the whole cast, print {"office": id, "units": […]}
rename ID COUNT SEED   COUNT verbs on one unit, each with its own key
nest COUNT SEED        COUNT verbs that change every unit, in an order that invites deadlock
same KEY ID            one verb under a given key (rivals all use the same)
forever ID             verbs without end, to be killed in the middle
stage, act, night, told  verbs on matters (business.py)
pass_on                a matter its lead wants to pass on; print {"matter": id, "referral": id}
settle VERB KEY ID     one verb on that referral by one of the cast; print `done` or the refusal's code
answering ID           print who leads the matter: {"leads": […], "unit": key, "pending": n}
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import multiprocessing
import os
import sys
import traceback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from huiyin.actors import machine  # noqa: E402
from huiyin.door import Ask, perform  # noqa: E402
from huiyin.door.tests import verbs  # noqa: E402
from huiyin.errors import Refusal  # noqa: E402
from huiyin.ledger.verify import verify as check  # noqa: E402
from huiyin.matters import actions as matters  # noqa: E402
from huiyin.matters.models import Matter  # noqa: E402
from huiyin.matters.tests.road import Road  # noqa: E402
from huiyin.people.models import Jurisdiction, Unit  # noqa: E402
from tests.cast import build, cast_of  # noqa: E402
from tests.contract import business  # noqa: E402


def named(word):
    """The function a process is started for."""
    return {**vars(business), **globals()}[word]


def found() -> None:
    call_command("migrate", verbosity=0)
    cast = build()
    units = sorted(unit.pk for unit in cast.units.values())
    sys.stdout.write(json.dumps({"office": cast.jurisdiction.pk, "units": units}))


def _importer():
    return machine("importer", Jurisdiction.objects.get().pk)


def rename(unit: str, count: str, seed: str) -> None:
    for number in range(int(count)):
        perform(verbs.rename, int(unit), _importer(), Ask(), name=f"{seed}-{number}")


def nest(count: str, seed: str) -> None:
    place = Jurisdiction.objects.get().pk
    verb = verbs.rename_all if int(seed) % 2 else verbs.rename_all_backwards
    for number in range(int(count)):
        perform(verb, place, _importer(), Ask(), prefix=f"{number % 10}")


def swap(count: str, seed: str) -> None:
    one, other, *_rest = Unit.objects.order_by("pk" if int(seed) % 2 else "-pk").values_list(
        "pk", flat=True
    )
    for _number in range(int(count)):
        perform(verbs.swap, one, _importer(), Ask(), other=other)


def same(key: str, unit: str) -> None:
    done = perform(verbs.rename, int(unit), _importer(), Ask(key=key), name="once")
    sys.stdout.write(json.dumps({"position": done.position, "repeated": done.repeated}))


def forever(unit: str) -> None:
    for number in itertools.count():
        perform(verbs.rename, int(unit), _importer(), Ask(), name=f"n{number}")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def rivals(runs: str) -> None:
    """Fork a process for each run once Django is loaded; no connection is shared with them."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    wanted = json.loads(runs)
    start, answers = context.Barrier(len(wanted)), context.Queue()
    for number, words in enumerate(wanted):
        context.Process(target=_rival, args=(number, words, start, answers)).start()
    ended = sorted(answers.get(timeout=100) for _ in wanted)
    sys.stdout.write(json.dumps([answer for _number, *answer in ended]))


def _rival(number, words, start, answers) -> None:
    out, code, said = io.StringIO(), 0, ""
    start.wait()
    try:
        with contextlib.redirect_stdout(out):
            named(words[0])(*map(str, words[1:]))
    except Exception:  # noqa: BLE001 - the parent says it
        code, said = 1, traceback.format_exc()
    answers.put((number, code, out.getvalue(), said))


def pass_on() -> None:
    road = Road(cast_of(Jurisdiction.objects.get()))
    matter = road.under_way(supporting=[])
    to = road.cast.units["parks"].pk
    done = road.do(matters.refer, road.lead(matter), "water", to=to, reason="属于园林中心")
    sys.stdout.write(json.dumps({"matter": matter.pk, "referral": done.facts["referral"]}))


GIVEN = {
    "take_over_referral": {},
    "take_back_referral": {},
    "decline_referral": {"reason": "不归我们"},
    "rule_referral": {"granted": True, "reason": "裁定由它牵头"},
}


def settle(verb: str, key: str, referral: str) -> None:
    actor = cast_of(Jurisdiction.objects.get()).actor(key)
    try:
        perform(getattr(matters, verb), int(referral), actor, Ask(), **GIVEN[verb])
    except Refusal as refused:
        sys.stdout.write(refused.code)
    else:
        sys.stdout.write("done")


def answering(matter: str) -> None:
    row = Matter.objects.get(pk=int(matter))
    leads = row.assignments.exclude(state="ended").filter(role="lead")
    said = {
        "leads": [lead.unit.code for lead in leads],
        "unit": row.lead_unit.code if row.lead_unit else "",
        "pending": row.referrals.filter(ruling="pending").count(),
    }
    sys.stdout.write(json.dumps(said))


def verify_often(count: str) -> None:
    """Check while others write: whatever moment is seen, it is whole."""
    for _number in range(int(count)):
        faults = check().faults
        if faults:
            raise AssertionError(faults)


def verify() -> None:
    faults = check().faults
    sys.stdout.write("\n".join(faults))
    sys.exit(bool(faults))


if __name__ == "__main__":
    named(sys.argv[1])(*sys.argv[2:])
