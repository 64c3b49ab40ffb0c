"""Does the text answer? A report beside what was demanded: number, date, deed, and whether it says anything new.

It asks, it never scores and never blocks (不打折扣、不降标准、不搞变通). Pure: today is an argument. The words are
data (`answers.toml`). The demand is what holds now: an amount lowered by decision is not asked about again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from huiyin.matters.rules.amounts import Stated, questions
from huiyin.matters.rules.concerns import GENTLE, About, Concern, Demand, Said
from huiyin.reading import Quantity, dates_in, quantities_in
from huiyin.web.format import full_day

ALIKE = 0.92
"""From this share of common characters on, two reports are the same text."""
SHORTEST = 6
"""Characters; a shorter text repeated says little about copying."""
SCALES = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))


def concerns(said: Said, demand: Demand | None, *, today: date) -> list[Concern]:
    """Every question the text leaves open; without a demand (a supporting part) only whether it is new."""
    found: list[Concern | None] = []
    if demand is not None:
        found += [
            _number(said, demand),
            _late(said, demand, today),
            _weak(said, demand),
            _undated(said, demand, today),
            _elsewhere(said, demand),
        ]
        found += _amount(said, demand)
    found += [_same(said), _less(said)]
    once: dict[About, Concern] = {}
    for concern in found:
        if concern is not None:
            once.setdefault(concern.code, concern)
    return list(once.values())


def pressing(found: Iterable[Concern], *, completion: bool) -> list[Concern]:
    """Those that are put to the writer before it is sent: on the way only the plain ones."""
    return [one for one in found if completion or one.code not in GENTLE]


# The number


def _number(said: Said, demand: Demand) -> Concern | None:
    """The amount is there, and of a claim of completion not less than demanded."""
    if demand.quantity is None:
        return None
    wanted, base = _scaled(demand.quantity, demand.unit)
    figures = [(f, _scaled(Decimal(str(f.value)), f.unit)) for f in _figures(said.text, demand)]
    there = [(figure, value) for figure, (value, unit) in figures if unit == base]
    shown = f"{_plain(demand.quantity)} {demand.unit}".strip()
    if not there and said.amount is not None:
        return None
    if not there:
        words = _("原定 %(wanted)s，这里没有写数量。") % {"wanted": shown}
        return Concern(code=About.NO_NUMBER, words=words)
    if not said.completion or _is_ceiling(demand):
        return None
    claimed = _claimed(said.text, there)
    best, value = max(claimed, key=lambda pair: pair[1])
    enough = value >= wanted or sum(v for _f, v in claimed) == wanted
    if enough and not _nearly(said.text, best, value, wanted):
        return None
    words = _("原定 %(wanted)s，写的是 %(said)s。") % {"wanted": shown, "said": best.text}
    return Concern(code=About.SMALLER, words=words)


def _amount(said: Said, demand: Demand) -> list[Concern | None]:
    """What the amount given beside the text leaves open; where less is better, nothing."""
    if said.amount is None or demand.quantity is None or _is_ceiling(demand):
        return []
    stated = Stated(
        amount=said.amount,
        wanted=demand.quantity,
        unit=demand.unit,
        before=said.earlier_amount,
        percent=said.percent,
        completion=said.completion,
    )
    return list(questions(stated))


def _figures(text: str, demand: Demand) -> list[Quantity]:
    return quantities_in(text, units=[demand.unit] if demand.unit else [])


def _scaled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """`3.5 亿元` and `35000 万元` as the same amount of 元."""
    unit = unit.strip()
    for word, factor in SCALES:
        if unit.startswith(word):
            return value * factor, unit.removeprefix(word).strip()
    return value, unit


def _claimed(
    text: str, there: Sequence[tuple[Quantity, Decimal]]
) -> Sequence[tuple[Quantity, Decimal]]:
    """The figures right after a word of completion (建成 60 所); all of them when none is.

    The whole of which a part is said (83 所中的 60 所) is no claim.
    """
    parts = [pair for pair in there if not re.match("中|里", _after(text, pair[0].text))]
    there = parts or there
    done = [
        pair
        for pair in there
        if any(word in _clause(_before(text, pair[0].text, 8)) for word in _lexicon()["done"])
    ]
    return done or there


def _before(text: str, words: str, n: int) -> str:
    at = text.find(words)
    return text[max(0, at - n) : at] if at >= 0 else ""


def _clause(words: str) -> str:
    """What stands after the last comma: `投入使用，补换` is `补换`."""
    return re.split("[，,；;。]", words)[-1]


def _after(text: str, words: str) -> str:
    at = text.find(words)
    return text[at + len(words) : at + len(words) + 2] if at >= 0 else ""


def _nearly(text: str, figure: Quantity, value: Decimal, wanted: Decimal) -> bool:
    """近八十三所 is less than eighty-three."""
    around = _before(text, figure.text, 2) + figure.text[:2]
    return value <= wanted and any(word in around for word in _lexicon()["nearly"])


def _is_ceiling(demand: Demand) -> bool:
    return any(word in demand.words for word in _lexicon()["ceiling"])


def _plain(value: Decimal) -> str:
    whole = value == value.to_integral()
    return f"{value.quantize(Decimal(1)) if whole else value.normalize():f}"


# The date


def _late(said: Said, demand: Demand, today: date) -> Concern | None:
    """A day later than the due one is asked about, wherever in the text it stands."""
    if demand.due_on is None:
        return None
    days = [day for day in _days(f"{said.text}\n{said.plans}", today) if day > demand.due_on]
    if not days:
        return None
    words = {"said": full_day(max(days)), "due": full_day(demand.due_on)}
    return Concern(code=About.LATER, words=_("写到%(said)s，晚于时限%(due)s。") % words)


def _undated(said: Said, demand: Demand, today: date) -> Concern | None:
    if not said.completion or demand.due_on is None or _days(said.text, today):
        return None
    return Concern(code=About.NO_DATE, words=_("没有写是哪一天办成的。"))


def _days(text: str, today: date) -> list[date]:
    return dates_in(text, today=today, ahead=_lexicon()["ahead"])


# The deed


def _weak(said: Said, demand: Demand) -> Concern | None:
    """推进、加强 in the place of 完成: words of effort, and no word of a result."""
    weak = [word for word in _lexicon()["weak"] if word in said.text]
    open_ = _unfinished(said.text)
    if said.completion and open_:
        words = _("写了“%(words)s”，像是还没有办完。") % {"words": open_}
        return Concern(code=About.WEAKER, words=words)
    if not weak or _is_done(said.text):
        return None
    if not said.completion and _figures(said.text, demand):
        return None
    words = _("只写了“%(words)s”，没有写做成了什么。") % {"words": _("、").join(weak[:3])}
    return Concern(code=About.WEAKER, words=words)


def _is_done(text: str) -> bool:
    """Whether some word of completion stands without a 未, 将 or 力争 before it."""
    return any(not early for _word, early in _results(text))


def _unfinished(text: str) -> str:
    """`尚未完成`: the first word of completion that is said not to be, "" when there is none."""
    plain_no = ("未", "没有", "还没", "没能", "正在", "基本")
    return next((word for word, early in _results(text) if early in plain_no), "")


def _results(text: str) -> list[tuple[str, str]]:
    """Every word of completion with the words before it, and which of `not_yet` stands there."""
    found = []
    for match in _done_words().finditer(text):
        clause = re.split(r"[，。；、,;\s]", text[: match.start()])[-1]
        for word in _lexicon()["as_planned"]:
            clause = clause.replace(word, "")
        near = clause[-5:]
        early = next((word for word in _lexicon()["not_yet"] if word in near), "")
        early = early or next((word for word in _lexicon()["not_yet_far"] if word in clause), "")
        found.append((near + match[0], "未" if early == "尚未" else early))
    return found


@cache
def _done_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _lexicon()["done"]), key=len, reverse=True)))


def _elsewhere(said: Said, demand: Demand) -> Concern | None:
    """Not one word of the demand is taken up."""
    wanted = _pairs(demand.words)
    counts = demand.quantity is not None and _number(said, demand) is None
    if not wanted or counts or wanted & _pairs(said.text):
        return None
    return Concern(code=About.ELSEWHERE, words=_("没有提到原定要办的事。"))


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring characters that mean something."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", text)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return pairs - set(_lexicon()["common"])


# What was said before


def _same(said: Said) -> Concern | None:
    text = _bare(said.text)
    if len(text) < SHORTEST:
        return None
    for earlier in map(_bare, said.earlier):
        if text == earlier or _alike(text, earlier):
            return Concern(code=About.SAME_TEXT, words=_("和以前报的几乎一样，有什么变化？"))
    return None


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one[:2000], other[:2000], autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _less(said: Said) -> Concern | None:
    if said.percent is None or said.earlier_percent is None:
        return None
    if said.percent >= said.earlier_percent:
        return None
    words = {"was": said.earlier_percent, "now": said.percent}
    return Concern(
        code=About.LESS_PERCENT,
        words=_("进度比上次报的低：上次 %(was)d%%，这次 %(now)d%%。") % words,
    )


@cache
def _lexicon() -> Mapping[str, list[str]]:
    text = files("huiyin.matters").joinpath("answers.toml").read_text("utf-8")
    return tomllib.loads(text)
