"""What belongs to a site's page goes; what only looks like it stays."""

from __future__ import annotations

import pytest

from huiyin.reading import read
from huiyin.reading.noise import is_chrome


@pytest.mark.parametrize(
    "line", ["下载文档需要20积分", "VIP会员尊享", "充值下载", "免费下载本文档，请先登录。"]
)
def test_offers_of_a_site_are_no_words_of_the_document(line):
    assert is_chrome(line)


@pytest.mark.parametrize(
    "line",
    [
        "推行积分制管理，把村庄清洁纳入积分兑换，年底前覆盖全部行政村。",
        "先诊疗后付费，全面推行。",
        "（三）积分制管理",
        "落实积分落户办法，明年三月底前公布第一批名单。",
    ],
)
def test_everyday_words_that_sites_use_too_stay(line):
    assert not is_chrome(line)


def test_parallel_headings_of_one_length_are_not_glued_to_what_follows():
    paper = "\n".join(
        f"（{n}）紧扣{what}目标，推动工作提质增效\n各镇要抓好{what}项目，六月底前全部开工。"
        for n, what in zip("一二三四五", ("产业", "交通", "水利", "教育", "卫生"), strict=True)
    )
    found = read(paper.encode(), "方案.txt")
    assert len(found.outline) == 5
    assert all("\n" not in item.quote for item in found.items)


def test_a_label_begins_a_line_of_its_own():
    paper = (
        "关于河道隐患整改的方案\n一、河道隐患\n"
        "整改措施：对十二处隐患逐一登记，九月底前完成加固。\n"
        "责任单位：市水利局、市应急管理局，各有关乡镇人民政府配合\n"
        "整改目标：年底前十二处隐患全部销号。"
    )
    found = read(paper.encode(), "整改.txt")
    assert any("全部销号" in item.quote for item in found.items)
