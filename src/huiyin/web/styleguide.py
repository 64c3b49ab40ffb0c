"""The living style page: every part with made-up data. Nothing here is read from the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from huiyin import clock

Context = dict[str, Any]
COUNTS: Mapping[str, int] = {
    "closed": 4, "ontime": 4, "overdue": 2, "standing": 4, "aside": 2, "unclaimed": 2,
}  # fmt: skip


def page(name: str) -> tuple[str, Context]:
    """Template and context of one page of the guide; KeyError when there is no such page."""
    template, context = PAGES[name]
    return template, context()


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
    ("2", "市教育体育局", "教体局 市教育局 教育局"),
    ("3", "市城市管理综合行政执法局", "城管执法局 城管局"),
    ("4", "市水利局", "水利局"),
    ("5", "松鸣镇人民政府", "松鸣镇 松鸣"),
)
"""Id, name and aliases, as `<option data-alias>` carries them."""


def _lights() -> list[Context]:
    words = {
        "overdue": "逾期 51 天", "behind": "滞后 24 点", "near": "剩 3 天", "ontime": "按期", "paused": "暂停",
        "standing": "长期推进", "closed": "已办结", "aside": "不立项", "unclaimed": "无人认领 282 天",
    }  # fmt: skip
    return [{"light": light, "words": said} for light, said in words.items()]


def _haves() -> list[Context]:
    return [
        {"label": "计划", "state": "full", "note": "7 个节点"},
        {"label": "目标", "state": "full", "note": "通水，4 万吨"},
        {"label": "措施", "state": "full", "note": "12 条"},
        {"label": "重点", "state": "na", "note": "不适用"},
        {"label": "进度", "state": "half", "note": "两节点没有更新"},
        {"label": "检查", "state": "full", "note": "查过 5 次"},
        {"label": "验收", "state": "none", "note": "还没到"},
    ]


def _verbs() -> list[Context]:
    return [
        {
            "label": "请市长决定延期",
            "verb": "报送",
            "url": "#",
            "primary": True,
            "note": "申请、核查记录、两次批示一并附上",
        },
        {"label": "催办", "verb": "催办", "url": "#", "note": "上次 11月4日，书面"},
        {"label": "记入批示", "verb": "记入", "url": "#"},
        {"label": "核查并销号", "verb": "销号", "reason": "市住建局还没有报完成"},
        {"label": "修改时限", "verb": "修改", "reason": "时限只能由原批准人变更"},
    ]


def _rows(today: date) -> list[Context]:
    return [
        {"light": "overdue", "words": "逾期 51 天", "number": "12-03", "title": "城北污水处理厂扩建工程通水试运行", "source": "讲话",
         "last": "提升泵到货两台，余两台在途；申请延到 12月15日", "unit": "市住建局", "due": today - timedelta(days=51),
         "said": 0.86, "seen": 0.78, "plan": 1.0, "step": "变更待决", "moved": today - timedelta(days=8)},
        {"light": "behind", "words": "滞后 24 点", "number": "17-06", "title": "工业园二期标准厂房竣工", "source": "年度计划",
         "last": "主体封顶 3 栋，余 2 栋受钢构供货影响", "unit": "云岭工业园管委会", "due": today + timedelta(days=40),
         "said": 0.62, "seen": 0.58, "plan": 0.84, "step": "在办", "moved": today - timedelta(days=5)},
        {"light": "near", "words": "剩 3 天", "number": "34-01", "title": "信访积案第三批化解", "source": "信访",
         "last": "8 件中 6 件已签协议", "unit": "市信访局", "due": today + timedelta(days=3),
         "said": 0.9, "seen": 0.75, "plan": 0.94, "step": "在办", "moved": today},
        {"light": "ontime", "words": "按期", "number": "26-03", "title": "代表建议第 41 号：村道会车点", "source": "建议",
         "last": "会车点选址 12 处，已征地 5 处", "unit": "市交通运输局", "due": today + timedelta(days=420),
         "said": 0.4, "seen": 0.4, "plan": 0.35, "step": "在办", "moved": today - timedelta(days=9)},
    ]  # fmt: skip


def _paper() -> Context:
    paper = {
        "issuer": "云岭市人民政府督查室", "number": "云督〔2026〕12号", "title": "关于交办市政府第六次全体会议讲话要求的通知",
        "to": "市住房和城乡建设局", "sender": "云岭市人民政府督查室", "date": date(2026, 2, 24),
        "copied_to": "市政府办公室，纪明川市长，温亦行副市长",
    }  # fmt: skip
    return {"paper": paper, "rows": _rows(clock.today())}


def _sign_in() -> Context:
    account = {
        "username": "su",
        "password": "yunling-demo",
        "name": "苏以宁",
        "title": "市政府督查室 督查员",
    }
    return {
        "next": "/desk/",
        "username": "su",
        "error": "账号或密码不对。",
        "demo_accounts": [account],
    }


PAGES: Mapping[str, tuple[str, Callable[[], Context]]] = {
    "": ("web/styleguide.html", _parts),
    "paper": ("web/styleguide_paper.html", _paper),
    "sign-in": ("web/sign_in.html", _sign_in),
}
