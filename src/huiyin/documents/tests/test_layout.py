"""The text of a document as shown: nothing lost, nothing added, every mark where its words are."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.documents.layout import FRAGMENT, Mark, paragraphs, sections


@dataclass
class Entry:
    level: int
    number: str
    heading: str
    start: int


ALPHABET = st.sampled_from(list("一二、。，：\n\r\u3000 ab〇𠮷\x0c（）年月日市局"))
TEXTS = st.text(ALPHABET, max_size=200)


def whole(shown):
    return "".join(piece.text for paragraph in shown for piece in paragraph.pieces)


@st.composite
def marked(draw):
    text = draw(TEXTS)
    spans = st.tuples(
        st.integers(-3, len(text) + 3), st.integers(-3, len(text) + 3), st.sampled_from([0, 1])
    )
    marks = [
        Mark(start=start, end=end, level=level, payload=n)
        for n, (start, end, level) in enumerate(draw(st.lists(spans, max_size=12)))
    ]
    starts = sorted(draw(st.sets(st.integers(0, max(len(text) - 1, 0)), max_size=4)))
    return (
        text,
        marks,
        [Entry(1 + n % 3, text[s : s + 1], text[s + 1 : s + 5], s) for n, s in enumerate(starts)],
    )


@given(marked())
def test_the_pieces_put_together_are_the_text_and_stand_where_they_say(case):
    text, marks, outline = case
    shown = paragraphs(text, marks, outline=outline, title=text[:5])
    assert whole(shown) == text
    for paragraph in shown:
        for piece in paragraph.pieces:
            assert text[piece.start : piece.end] == piece.text
            assert piece.text


@given(marked())
def test_every_mark_opens_once_and_covers_its_words(case):
    text, marks, outline = case
    good = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    pieces = [
        piece
        for paragraph in paragraphs(text, marks, outline=outline)
        for piece in paragraph.pieces
    ]
    opened = [mark.payload for piece in pieces for mark in piece.opens]
    assert sorted(opened) == sorted(mark.payload for mark in good if mark.level == 0)
    for piece in pieces:
        for mark in (piece.mark, piece.part):
            assert mark is None or mark.start <= piece.start < piece.end <= mark.end
        covered = [
            m for m in good if m.level == 0 and m.start <= piece.start and piece.end <= m.end
        ]
        assert (piece.mark is not None) == bool(covered)


SPEECH = "在全体会议上的讲话\n云岭市市长　纪明川\n（2026年2月11日）\n同志们：\n　　话不多说。\n一、把项目盯在工地上\n　　发改局三月底以前报一张表。要贴在墙上。\n"


def styled(text, **given):
    return [(paragraph.style, paragraph.text) for paragraph in paragraphs(text, **given)]


def test_title_speaker_greeting_and_headings_are_told_apart():
    outline = [Entry(1, "一、", "把项目盯在工地上", SPEECH.index("一、"))]
    assert styled(SPEECH, outline=outline, title="在全体会议上的讲话") == [
        ("title", "在全体会议上的讲话"),
        ("by", "云岭市市长　纪明川"),
        ("by", "（2026年2月11日）"),
        ("flush", "同志们："),
        ("para", "话不多说。"),
        ("heading", "一、把项目盯在工地上"),
        ("para", "发改局三月底以前报一张表。要贴在墙上。"),
    ]


def test_a_title_over_two_lines_is_one_title():
    text = "索引号：0001\n关于开展清查\n\n整治工作的通知\n栖政发〔2026〕3号\n各区：\n"
    assert styled(text, title="关于开展清查整治工作的通知")[1:] == [
        ("title", "关于开展清查整治工作的通知"),
        ("by", "栖政发〔2026〕3号"),
        ("flush", "各区："),
    ]


def test_a_signature_and_its_date_stand_at_the_foot():
    text = "正文第一段。\n云岭市人民政府\n2026年2月11日\n"
    assert [style for style, _ in styled(text)] == ["para", "sign", "sign"]


def test_a_notice_with_an_annex_keeps_its_head_addressees_and_signature():
    text = (
        "栖原市人民政府办公室文件\n栖政办发〔2026〕9号\n关于印发分解方案的通知\n"
        "各乡镇人民政府、街道办事处，工业园管委会，市政府各部门：\n现印发给你们。\n"
        "栖原市人民政府办公室\n2026年3月5日\n分解方案\n修好路灯。\n"
    )
    assert [style for style, _ in styled(text, title="关于印发分解方案的通知")] == [
        "masthead", "masthead", "title", "flush", "para", "sign", "sign", "para", "para",
    ]  # fmt: skip


def test_lines_wrapped_by_hand_are_joined_and_the_break_stays_in_the_markup():
    line = "这一段话被人在二十四个字的地方断了行就像这样子"
    text = "\n".join(
        [
            f"　　{line}",
            line + "吗",
            line + "吧",
            "说完了。",
            f"　　{line}",
            line + "的",
            line + "了",
            "完。",
        ]
    )
    shown = paragraphs(text)
    assert len(shown) == 2
    assert "\n" not in shown[0].text
    assert whole(shown) == text


def test_two_words_of_another_script_keep_the_space_between_lines():
    line = "通过 PPP 模式引进社会资本参与管网建设采用 Build"
    text = "\n".join(
        [
            line,
            "Operate 等方式推进老旧小区改造和供水入户工程建",
            *["这一行同样是二十几个汉字长度的一行文字用来凑数"] * 6,
        ]
    )
    assert "Build Operate" in paragraphs(text)[0].text


def test_a_document_without_line_breaks_is_cut_at_its_headings():
    text = "开场的话说完了。一、提高认识。各单位要重视。二、狠抓落实。城管局要月底前修好。"
    outline = [
        Entry(1, "一、", "提高认识", text.index("一、")),
        Entry(1, "二、", "狠抓落实", text.index("二、")),
    ]
    assert styled(text, outline=outline) == [
        ("para", "开场的话说完了。"),
        ("heading", "一、提高认识。"),
        ("para", "各单位要重视。"),
        ("heading", "二、狠抓落实。"),
        ("para", "城管局要月底前修好。"),
    ]


def test_the_side_outline_lists_each_demand_under_its_heading():
    outline = [Entry(1, "一、", "把项目盯在工地上", SPEECH.index("一、"))]
    marks = [Mark(start=SPEECH.index("发改局"), end=SPEECH.index("。要贴"), payload="d1")]
    listed = sections(paragraphs(SPEECH, marks, outline=outline))
    assert [(section.label, [mark.payload for mark in section.marks]) for section in listed] == [
        ("一、把项目盯在工地上", ["d1"])
    ]


def test_a_section_that_begins_in_a_sentence_is_listed_by_its_first_words():
    text = "一、要在学习上狠下功夫。把学习当作任务。\n二、要在严格上狠下功夫。各单位各部门都要严格起来不许松劲。"
    outline = [Entry(1, "一、", "", 0), Entry(1, "二、", "", text.index("二、"))]
    shown = paragraphs(text, outline=outline)
    assert [paragraph.style for paragraph in shown] == ["para", "para"]
    assert [s.label for s in sections(shown)] == [
        "一、要在学习上狠下功夫",
        "二、要在严格上狠下功夫",
    ]


def test_fragments_lie_inside_the_finding_and_end_once():
    text = "由住建局尽快提出意见"
    marks = [
        Mark(start=0, end=10, payload="finding"),
        Mark(start=1, end=4, payload="who", level=FRAGMENT),
        Mark(start=4, end=6, payload="when", level=FRAGMENT),
    ]
    pieces = paragraphs(text, marks)[0].pieces
    assert [(p.text, p.part and p.part.payload, p.ends_part) for p in pieces] == [
        ("由", None, False), ("住建局", "who", True), ("尽快", "when", True), ("提出意见", None, False),
    ]  # fmt: skip
    assert all(piece.mark.payload == "finding" for piece in pieces)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", ["好" * 999 + "\n", "一二三四五六七八九十一二三四五六七八九十甲乙丙丁\n"]
)
def test_a_million_characters_take_linear_time(line):
    def took(characters):
        text = line * (characters // len(line))
        marks = [Mark(start=n, end=n + 40, payload=n) for n in range(0, len(text) - 50, 100)]
        begun = time.process_time()
        assert whole(paragraphs(text, marks)) == text
        return time.process_time() - begun

    took(10_000)
    # Ten times the text: quadratic work would take a hundred times as long. The best of three, since
    # machines are shared.
    assert min(took(1_000_000) for _ in range(3)) < 60 * max(
        min(took(100_000) for _ in range(3)), 0.01
    )
