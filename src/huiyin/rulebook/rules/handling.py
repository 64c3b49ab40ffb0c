"""How matters are handled: acceptance, checks, approval, closing, numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.words import APPROVERS, CHECKED_KINDS, METHODS, SOURCES

_WIDTH = re.compile(r"(?:0?\dd)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The default acceptance standard: a pattern around the quoted words."""

    template: str

    def standard(self, words: str) -> str:
        """The standard for a demand said in `words`."""
        return self.template.replace("{words}", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The planned check by kind of demand: `methods[kind]` is a code of `words.METHODS`."""

    methods: tuple[tuple[str, str], ...]

    def method(self, kind: str) -> str:
        """The method for a kind; that of a plain task for a kind unknown here."""
        found = dict(self.methods)
        return found.get(kind, found["task"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approves a batch by kind of source; a linked instruction or resolution stands for it."""

    approvers: tuple[tuple[str, str], ...]
    linked_stands: bool

    def approver(self, source: str) -> str:
        """`leader_in_charge` or `principal_leader`; the latter for a source unknown here."""
        return dict(self.approvers).get(source, "principal_leader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How many persons outside the unit verify, accept and close: one may do all, or two share."""

    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Patterns of the numbers of notices, matters and slips."""

    notice: str
    matter: str
    slip: str

    def notice_number(self, *, short: str, year: int, n: int) -> str:
        """`云督〔2026〕12号`."""
        return self.notice.format(short=short, year=year, n=n)

    def slip_number(self, *, short: str, year: int, n: int) -> str:
        """`云督单〔2026〕3号`; slips of every colour are numbered together."""
        return self.slip.format(short=short, year=year, n=n)

    def matter_number(self, *, year: int, notice: int, n: int, short: str = "") -> str:
        """`〔2026〕12-03`; `notice` is the running number of the notice."""
        return self.matter.format(short=short, year=year, notice=notice, n=n)


def _words_have_a_place(body: Body) -> Problems:
    if body["template"].count("{words}") == 1:
        return {}
    return {"template": [_now("要有且只有一处 {words}，它会换成原话。")]}


def _all_kinds_checked(body: Body) -> Problems:
    there = {row["kind"] for row in body["rows"]}
    lacking = [str(label) for kind, label in CHECKED_KINDS.items() if kind not in there]
    return (
        {"rows": [_now("还缺：%(names)s。") % {"names": _now("、").join(lacking)}]}
        if lacking
        else {}
    )


def _all_sources_approved(body: Body) -> Problems:
    there = {row["source"] for row in body["rows"]}
    lacking = [str(label) for source, label in SOURCES.items() if source not in there]
    return (
        {"rows": [_now("还缺：%(names)s。") % {"names": _now("、").join(lacking)}]}
        if lacking
        else {}
    )


def _patterns_can_be_filled(body: Body) -> Problems:
    needed = {
        "notice": ({"short", "year", "n"}, {"n"}),
        "matter": ({"short", "year", "notice", "n"}, {"n", "notice"}),
        "slip": ({"short", "year", "n"}, {"n"}),
    }
    problems: Problems = {}
    for name, (known, must) in needed.items():
        there = _places(body[name])
        if there is None or there - known or must - there:
            names = "、".join(f"{{{place}}}" for place in sorted(known))
            problems[name] = [_now("只能用 %(names)s，并且要有序号。") % {"names": names}]
    return problems


def _places(pattern: str) -> set[str] | None:
    """Names of the places of a pattern; None when it is broken or asks for more than a number."""
    try:
        parts = list(Formatter().parse(pattern))
        # A width is all that is allowed after the colon: {n:02d}.
        if any(conv or not _WIDTH.fullmatch(spec or "") for _text, _name, spec, conv in parts):
            return None
    except ValueError:
        return None
    return {name for _text, name, _spec, _conv in parts if name is not None}


ACCEPTANCE: Sheet[Acceptance] = Sheet(
    code="acceptance",
    label=_("验收标准默认"),
    about=_("没有另写验收标准时，以原话为准。"),
    build=lambda body: Acceptance(**body),
    values=(
        Column(
            name="template", label=_("写法"), kind=CellKind.TEXT, help=_("{words} 会换成原话。")
        ),
    ),
    check=_words_have_a_place,
)

CHECKS: Sheet[Checks] = Sheet(
    code="checks",
    label=_("核查办法默认"),
    about=_("有安排就有检查：交办时每件事都要有核查办法。"),
    build=lambda body: Checks(methods=tuple((row["kind"], row["method"]) for row in body["rows"])),
    rows=(
        Column(name="kind", label=_("性质"), kind=CellKind.CHOICE, choices=CHECKED_KINDS),
        Column(name="method", label=_("核查办法"), kind=CellKind.CHOICE, choices=METHODS),
    ),
    key=("kind",),
    check=_all_kinds_checked,
    grows=True,
)

APPROVAL: Sheet[Approval] = Sheet(
    code="approval",
    label=_("交办审批"),
    about=_("拟办意见由谁批准。已有会议决定或领导批示的，按规定可以代替。"),
    build=lambda body: Approval(
        approvers=tuple((row["source"], row["who"]) for row in body["rows"]),
        linked_stands=body["linked_stands"],
    ),
    values=(
        Column(
            name="linked_stands", label=_("已关联的会议决定或批示可以代替审批"), kind=CellKind.FLAG
        ),
    ),
    rows=(
        Column(name="source", label=_("来源"), kind=CellKind.CHOICE, choices=SOURCES),
        Column(name="who", label=_("审批人"), kind=CellKind.CHOICE, choices=APPROVERS),
    ),
    key=("source",),
    check=_all_sources_approved,
    grows=True,
)

CLOSING: Sheet[Closing] = Sheet(
    code="closing",
    label=_("核查销号人数"),
    about=_("核查、验收、销号须由承办单位以外的人办理。"),
    build=lambda body: Closing(persons=int(body["persons"])),
    values=(
        Column(
            name="persons",
            label=_("办理人数"),
            kind=CellKind.CHOICE,
            choices={"1": _("一人可以办完"), "2": _("核查和销号须由两人分办")},
        ),
    ),
)

NUMBERING: Sheet[Numbering] = Sheet(
    code="numbering",
    label=_("编号"),
    about=_("督办通知、单子和事项的编号格式，发出时取号，作废的号不再使用。"),
    build=lambda body: Numbering(**body),
    values=(
        Column(
            name="notice",
            label=_("督办通知"),
            kind=CellKind.TEXT,
            help=_("可用 {short} 简称、{year} 年份、{n} 序号。"),
        ),
        Column(
            name="matter",
            label=_("事项"),
            kind=CellKind.TEXT,
            help=_("可用 {year} 年份、{notice} 通知序号、{n:02d} 两位序号。"),
        ),
        Column(
            name="slip",
            label=_("蓝单、黄单、红单"),
            kind=CellKind.TEXT,
            help=_("可用 {short} 简称、{year} 年份、{n} 序号。"),
        ),
    ),
    check=_patterns_can_be_filled,
)
