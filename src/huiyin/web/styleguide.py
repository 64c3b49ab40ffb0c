"""The living style page: every part with made-up data. Nothing here is read from the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.module_loading import autodiscover_modules

from huiyin import clock
from huiyin.errors import Stale

Context = dict[str, Any]
COUNTS: Mapping[str, int] = {
    "closed": 4, "ontime": 4, "overdue": 2, "standing": 4, "aside": 2, "unclaimed": 2,
}  # fmt: skip


def _parts() -> Context:
    today = clock.today()
    return {
        "counts": COUNTS,
        "lights": _lights(),
        "haves": _haves(),
        "verbs": _verbs(),
        "rows": _rows(today),
        "days": [
            today,
            today - timedelta(days=1),
            today - timedelta(days=8),
            date(today.year - 1, 11, 12),
        ],
        "units": UNITS,
    }


UNITS = (
    ("1", "市住房和城乡建设局", "市住建局 住建局 建设局"),
    ("2", "市教育局", "教体局 教育局"),
    ("3", "市城市管理综合行政执法局", "城管执法局 城管局"),
    ("4", "市水利局", "水利局"),
    ("5", "石桥镇人民政府", "石桥镇 石桥"),
)
"""Id, name and aliases, as `<option data-alias>` carries them."""


def _lights() -> list[Context]:
    words = {
        "overdue": "逾期 12 天", "behind": "滞后 15 点", "near": "剩 4 天", "ontime": "按期", "paused": "暂停",
        "standing": "长期推进", "closed": "已办结", "aside": "不立项", "unclaimed": "无人认领 96 天",
    }  # fmt: skip
    return [{"light": light, "words": said} for light, said in words.items()]


def _haves() -> list[Context]:
    return [
        {"label": "计划", "state": "full", "note": "6 个节点"},
        {"label": "目标", "state": "full", "note": "两桥通车"},
        {"label": "措施", "state": "full", "note": "9 条"},
        {"label": "重点", "state": "na", "note": "不适用"},
        {"label": "进度", "state": "half", "note": "一个节点没有更新"},
        {"label": "检查", "state": "full", "note": "查过 3 次"},
        {"label": "验收", "state": "none", "note": "还没到"},
    ]


def _verbs() -> list[Context]:
    return [
        {
            "label": "报市长决定延期",
            "verb": "报送",
            "url": "#",
            "primary": True,
            "note": "申请和核查记录一并附上",
        },
        {"label": "催办", "verb": "催办", "url": "#", "note": "上次 3月4日，电话"},
        {"label": "记入批示", "verb": "记入", "url": "#"},
        {"label": "核查并销号", "verb": "销号", "reason": "市交通运输局还没有报完成"},
        {"label": "修改时限", "verb": "修改", "reason": "时限只能由原批准人变更"},
    ]


def _rows(today: date) -> list[Context]:
    return [
        _row("overdue", "逾期 12 天", "8-02", "环湖路两座危桥加固通车", "讲话", "市交通运输局",
             today - timedelta(days=12), (0.9, 0.72, 1.0), "变更待决", "西桥支座已换，东桥等检测报告"),
        _row("behind", "滞后 15 点", "5-07", "粮食储备库智能通风改造", "年度计划", "市粮食和储备局",
             today + timedelta(days=40), (0.55, 0.5, 0.65), "在办", "六号仓设备到货，安装队下周进场"),
        _row("near", "剩 4 天", "11-01", "公交首末班时间向夜班职工延长", "热线", "市公交集团",
             today + timedelta(days=4), (0.9, 0.8, 0.95), "待核查", "三条线路已试跑，站牌没有换完"),
        _row("ontime", "按期", "9-03", "山区教学点取暖设备更换", "建议", "市教育局",
             today + timedelta(days=420), (0.4, 0.4, 0.35), "在办", "十一个点里装好四个"),
    ]  # fmt: skip


def _row(light: str, words: str, number: str, title: str, source: str, unit: str, due: date,
         shares: tuple[float, float, float], step: str, last: str) -> Context:  # fmt: skip
    said, seen, plan = shares
    return {
        "light": light, "words": words, "number": number, "title": title, "source": source, "unit": unit, "due": due,
        "said": said, "seen": seen, "plan": plan, "step": step, "last": last, "moved": clock.today() - timedelta(days=3),
    }  # fmt: skip


def _paper() -> Context:
    paper = {
        "issuer": "栖原市人民政府督查室", "number": "栖督〔2026〕8号", "title": "关于交办全市城市管理工作会议要求的通知",
        "to": "市交通运输局", "sender": "栖原市人民政府督查室", "date": date(2026, 3, 5),
        "copied_to": "市政府办公室，市长、分管副市长",
    }  # fmt: skip
    return {"paper": paper, "rows": _rows(clock.today())}


def _refusal() -> Context:
    refusal = Stale(
        "您打开页面之后，这里已经有了变化。请看过变化再提交，您填写的内容还在。",
        changes=[{"at": clock.now(), "who": "方局长", "what": "报送进度"}, {"at": clock.now(), "who": "卢见微", "what": "催办"}],
    )  # fmt: skip
    typed = [("summary", "两座桥荷载试验合格，限高架已拆。"), ("until", "2026-06-30")]
    return {"refusal": refusal, "changes": refusal.changes, "typed": typed, "back": "/styleguide/"}


def _setup() -> Context:
    labels = ("验证令牌", "本级政府", "管理员", "单位", "完成")
    states = ("done", "done", "current", "", "")
    return {
        "steps": [
            {"label": label, "state": state} for label, state in zip(labels, states, strict=True)
        ]
    }


def _sign_in() -> Context:
    account = {
        "username": "demo",
        "password": "qiyuan-demo",
        "name": "卢见微",
        "title": "市政府督查室 督查员",
    }
    return {
        "next": "/desk/",
        "username": "demo",
        "error": "账号或密码不对。",
        "demo_accounts": [account],
    }


PAGES: dict[str, tuple[str, Callable[[], Context]]] = {
    "": ("web/styleguide.html", _parts),
    "paper": ("web/styleguide_paper.html", _paper),
    "sign-in": ("web/sign_in.html", _sign_in),
    "refusal": ("web/refusal.html", _refusal),
    "setup": ("web/styleguide_setup.html", _setup),
}


def add_page(name: str, template: str, context: Callable[[], Context]) -> None:
    """A feature's `styleguide.py` adds a page of its own; it is found like an admin module."""
    PAGES[name] = (template, context)


def page(name: str) -> tuple[str, Context]:
    """Template and context of one page of the guide; KeyError when there is no such page."""
    autodiscover_modules("styleguide")
    template, context = PAGES[name]
    return template, {"pages": [known for known in PAGES if known], **context()}
