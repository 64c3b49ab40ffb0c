from __future__ import annotations

import pytest

from huiyin.reading.classification import classification

MARKED = [
    ("机密★1年\n特急\n云川市人民政府文件", "secret", "机密★1年"),
    ("绝密★长期\n关于……", "top_secret", "绝密★长期"),
    ("秘密★\n云川市", "confidential", "秘密★"),
    ("000012\n机密 ★ 启用前\n", "secret", "机密 ★ 启用前"),
    ("份号：000001　机密☆10年\n", "secret", "机密☆10年"),
    ("　机　密　\n云川市人民政府办公室\n", "secret", "机　密"),
    ("【秘密】\n专题会议纪要\n", "confidential", "【秘密】"),
    ("秘密级\n云政办函〔2026〕3号\n", "confidential", "秘密级"),
    ("关于防汛的报告\n密级：机密\n", "secret", "密级：机密"),
    ("密　级：秘密　　缓急：特急\n", "confidential", "密　级：秘密　　缓急：特急"),
    ("密级\t绝密\t份数\t3\n", "top_secret", "密级\t绝密"),
    ("機密★五年\n", "secret", "機密★五年"),
    ("关于某事的函\n" + "正文。\n" * 800 + "机密★1年\n", "secret", "机密★1年"),
    ("秘密★1年\n（附件）机密★1年\n", "secret", "机密★1年"),
    ("内部资料 注意保存\n工作通报\n", "internal", "内部资料 注意保存"),
    ("工作秘密\n会议纪要\n", "internal", "工作秘密"),
    ("内部文件　不得外传\n", "internal", "内部文件　不得外传"),
    ("（内部资料，妥善保管）\n", "internal", "（内部资料，妥善保管）"),
    ("密级：内部\n", "internal", "密级：内部"),
]

UNMARKED = [
    "全体干部要保守国家秘密，严守工作纪律。\n",
    "要加强秘密级文件管理，落实登记制度。\n",
    "三、秘密级文件管理\n",
    "涉及国家秘密、商业秘密和个人隐私的除外。\n",
    "商业秘密*不予公开。\n",
    "机密级以上计算机一律不得联网。\n",
    "密级：无\n",
    "密级：公开\n",
    "密级：绝密、机密、秘密（请选择）\n",
    "文件首页左上角标注“机密★1年”字样。\n",
    "要加强内部资料管理。\n",
    "加强工作秘密管理\n",
    "市机密码管理局\n",
    "",
]


@pytest.mark.parametrize(("text", "level", "words"), MARKED)
def test_a_mark_is_found_with_its_words(text, level, words):
    mark = classification(text)
    assert mark is not None
    assert mark.level == level
    assert text[mark.start : mark.end].strip() == mark.words
    assert mark.words.startswith(words[: len(words)])
    assert mark.forbids == (level != "internal")


@pytest.mark.parametrize("text", UNMARKED)
def test_the_same_words_in_a_sentence_are_no_mark(text):
    assert classification(text) is None


def test_a_word_alone_far_down_the_paper_is_no_mark():
    assert classification("正文。\n" * 800 + "秘密\n") is None
