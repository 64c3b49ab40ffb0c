"""From a speech to an answered matter: the whole road, walked by the people who walk it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import papers
from tests.journeys.reviewing import Review
from tests.journeys.running import DJANGO, Office, environment

pytestmark = pytest.mark.journey
PUMPS = "城北提升泵站改造"
RESERVOIRS = "小型水库开展一次安全检查"
SWIMMING = "防溺水专项行动"
POSITION = "提高政治站位"
DRINKING = "部分乡村学校饮水设施老化、水质不达标的问题还没有根本解决"
FLOODING = "易涝点整治"
TESTING = "农村学校水质检测"
SCHEME = "会议原则同意市水利局提出的工作方案"
FOUND = "现场查看，6台水泵均已更新，试运行正常"
TAMPER = """
from django.db import connection
sql = "UPDATE matters_matter SET due_on = '2027-12-31' WHERE due_on = '2027-03-31'"
connection.cursor().execute(sql)
"""
PLATFORM = "加快建设智慧水务监测平台，接入监测点200个"


def test_a_speech_is_read_dispatched_done_checked_and_answered(office: Office, tmp_path: Path):
    speech, minutes, plan = _three_papers_come_in(office)
    _review_the_speech(office, speech)
    _review_the_minutes(office, minutes)
    _review_the_plan(office, plan)
    notice = _fill_the_table_and_propose(office)
    _the_leader_approves_the_batch(office, notice)
    _the_office_issues_and_prints(office, notice)
    _the_units_sign(office)
    _the_office_rules(office)
    _water_plans_reports_and_submits(office, tmp_path)
    first_seal = _seal(office, tmp_path / "first.json")
    _the_office_settles(office)
    _the_standing_matter_is_checked_and_stays_open(office)
    _the_speech_shows_what_became_of_it(office, speech)
    _the_ledger_can_be_proved(office, tmp_path, first_seal)


def _three_papers_come_in(office: Office) -> list[str]:
    """Two files at once and one pasted; the addresses of the three."""
    page = office.person("office")
    page.goto("/documents/")
    page.get_by_label("选文件").set_input_files([papers.speech(), papers.plan()])
    rows = page.locator("#documents tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.get_by_text("读完")).to_have_count(2)
    page.get_by_text("粘贴文字").click()
    page.get_by_label("正文").fill(papers.MINUTES)
    page.get_by_role("button", name="收下并读").click()
    page.wait_for_url("**/review/")  # opens by itself once it is read
    page.goto("/documents/")
    found = [
        rows.filter(has_text=name).get_by_role("link").first for name in ("讲话", "纪要", "清单")
    ]
    return [str(link.get_attribute("href")) for link in found]


def _review_the_speech(office: Office, address: str) -> None:
    review = Review(office.person("office"), address)
    article = review.page.locator("article[data-reading]")
    for heading in ("一、狠抓防汛备汛", "（一）健全预报预警", "二、办好人民满意的教育"):
        expect(article).to_contain_text(heading)  # the numbers stand in no paragraph of the file
    review.choose(PUMPS)
    review.press("Enter")
    review.choose(POSITION)
    review.press("x")
    review.choose(RESERVOIRS)
    review.kind("长期")
    review.finding.get_by_label("周期").select_option(label="每季一报")
    review.save()
    review.choose(SWIMMING)
    review.split("今年暑假前覆盖全部中小")
    review.press("m")
    expect(review.finding.locator(".q")).to_contain_text("今年暑假前覆盖全部中小学校")
    review.page.keyboard.press("e")
    review.page.keyboard.insert_text("市教育局")
    review.finding.get_by_label("何时").fill("2027-06-20")
    review.save()
    review.add(DRINKING, "问题")
    review.reject_the_rest()
    review.register_all()
    expect(review.page.locator("table.disp tbody tr")).to_have_count(4)


def _review_the_minutes(office: Office, address: str) -> None:
    review = Review(office.person("office"), address)
    review.choose(FLOODING)
    review.press("Enter")
    review.choose(PUMPS)
    review.link(PUMPS)
    review.choose(TESTING)
    review.set_aside("已列入教育局日常工作，不单独立项", "沈岚　副市长")
    review.choose(SCHEME)
    review.press("x")
    review.reject_the_rest()
    review.register_all()


def _review_the_plan(office: Office, address: str) -> None:
    review = Review(office.person("office"), address)
    review.choose(PLATFORM)
    review.trim(PLATFORM)
    review.finding.get_by_label("何时").fill("2027-06-30")
    review.finding.get_by_label("牵头单位").fill("")
    review.save()
    review.reject_the_rest()
    review.register_all()


def _row(page: Page, words: str):
    return page.locator("table.disp tbody tr").filter(has_text=words)


def _fill_the_table_and_propose(office: Office) -> str:
    """Two leads are missing and filled in one act; the batch goes to its leader."""
    page = office.person("office")
    page.goto("/dispatch/")
    expect(page.locator("table.disp tbody tr")).to_have_count(6)
    for words in (DRINKING, PLATFORM):
        expect(_row(page, words)).to_contain_text("待填")
        _row(page, words).get_by_role("checkbox").check()
    page.get_by_text("统一填牵头").click()
    page.get_by_role("combobox", name="牵头单位").fill("水务局")  # an alias of the water bureau
    page.get_by_role("option", name="市水利局").click()
    page.get_by_role("button", name="填到所选各行").locator("visible=true").click()
    expect(page.get_by_text("已统一填写 2 项")).to_be_visible()
    expect(_row(page, DRINKING)).to_contain_text("市水利局")
    page.get_by_role("button", name="提请审批 6 项").click()
    page.wait_for_url("**/notices/*/")
    return page.url


def _the_leader_approves_the_batch(office: Office, notice: str) -> None:
    page = office.person("office")
    approver = "vice" if "沈岚" in page.locator(".now").inner_text() else "mayor"
    leader = office.person(approver)
    leader.goto("/desk/")
    leader.locator("main").get_by_role(
        "link", name=re.compile("讲话|清单|纪要|督办")
    ).first.wait_for()
    leader.goto(notice)
    leader.get_by_label("意见").fill("同意，抓紧落实。")
    leader.get_by_role("button", name="批准这 6 项").click()
    expect(leader.get_by_text("已批准。")).to_be_visible()


def _the_office_issues_and_prints(office: Office, notice: str) -> None:
    page = office.person("office")
    page.goto(notice)
    page.get_by_role("button", name=re.compile("印发 云督〔20..〕1号")).click()
    expect(page.get_by_text("已印发交办。")).to_be_visible()
    page.get_by_role("link", name="督办通知全文").click()
    expect(page.get_by_text(re.compile("云督〔20..〕1号")).first).to_be_visible()
    expect(page.get_by_text(PUMPS).first).to_be_visible()


def _the_units_sign(office: Office) -> None:
    """Schools takes everything; water says that one is not its own."""
    for key, exception in (("schools", ""), ("water", PLATFORM)):
        page = office.person(key)
        page.goto("/lists/")
        page.get_by_role("link", name="打开").click()
        if exception:
            item = page.get_by_role("listitem").filter(has_text=exception)
            item.get_by_label("不属于本单位").check()
            item.get_by_label("理由，应由谁办").fill("平台由市大数据中心承建，应由其牵头。")
        page.get_by_role("button", name=re.compile(r"签收这 \d 项")).click()
        expect(page.get_by_text("已签收。签收是收到，不是同意").first).to_be_visible()


def _the_office_rules(office: Office) -> None:
    page = office.person("office")
    page.goto("/verification/")
    page.get_by_role("link", name="裁定").click()
    page.get_by_label("不同意退回").check()
    page.get_by_label("裁定的理由").fill("建设资金在市水利局，仍由市水利局牵头。")
    page.get_by_role("button", name=re.compile("裁定")).click()
    expect(page.get_by_text("已裁定。")).to_be_visible()


def _matter(page: Page, words: str) -> str:
    """The page of the matter with these words, found in the register."""
    page.goto("/matters/?view=all")
    page.locator("table.reg").get_by_role("link", name=words).first.click()
    page.wait_for_url("**/matters/*/")
    return page.url


def _do(page: Page, verb: str) -> None:
    """The form of a verb that the matter's page offers."""
    page.get_by_role("listitem").filter(has_text=verb).get_by_role("link").last.click()
    page.wait_for_url("**/do/**")


def _water_plans_reports_and_submits(office: Office, tmp_path: Path) -> None:
    page = office.person("water")
    _matter(page, PUMPS)
    _do(page, "填写办理方案")
    page.get_by_label("目标").fill("6台水泵全部更新，汛前投用")
    page.get_by_label("措施").fill("分两批更换\n边施工边排涝")
    page.get_by_label("日期").first.fill("2027-01-15")
    page.get_by_label("做到哪一步").first.fill("设备到场")
    page.get_by_role("button", name="填写办理方案").click()
    expect(page.get_by_text("办理方案已保存。")).to_be_visible()
    _do(page, "反馈进展")
    page.get_by_label("这一段做了什么").fill("第一批3台水泵已经更换")
    page.get_by_label("完成进度").fill("50")
    page.get_by_label("设备到场").check()
    record = tmp_path / "更换记录.txt"
    record.write_text("3台水泵更换记录", "utf-8")
    page.get_by_label("选文件").set_input_files(record)
    page.get_by_role("button", name="反馈进展").click()
    expect(page.get_by_text("进展已反馈。")).to_be_visible()
    expect(page.get_by_role("link", name="更换记录.txt")).to_be_visible()
    _do(page, "报送办结")
    page.get_by_label("办成了什么").fill("6台水泵全部更新并通过联合试运行")
    page.get_by_role("button", name="报送办结").click()
    expect(page.get_by_text("没有写是哪一天办成的。")).to_be_visible()  # it asks, it never stops
    page.get_by_role("button", name="仍然报送").click()
    expect(page.get_by_text("已报送办结，等待核查。")).to_be_visible()


def _seal(office: Office, path: Path) -> Path:
    office.place.run("seal", "--out", str(path))
    return path


def _the_office_settles(office: Office) -> None:
    """Verified, summed up and answered on one screen."""
    page = office.person("office")
    page.goto("/verification/")
    page.get_by_role("listitem").filter(has_text=PUMPS).get_by_role("link", name="去核查").click()
    _do(page, "核查并销号")
    page.get_by_label("看到了什么").fill(FOUND)
    expect(page.get_by_label("总结")).to_have_value(re.compile("6台水泵全部更新"))
    expect(page.get_by_label("答复", exact=True)).to_have_value(re.compile("现已办结"))
    page.get_by_role("button", name="核查并销号").click()
    expect(page.get_by_text("已核查、销号，答复已签发。")).to_be_visible()
    expect(page.locator(".facts").first).to_contain_text("办结")


def _the_standing_matter_is_checked_and_stays_open(office: Office) -> None:
    water = office.person("water")
    address = _matter(water, RESERVOIRS)
    _do(water, "反馈进展")
    water.get_by_label("这一段做了什么").fill("本季度检查水库32座，整改隐患5处")
    water.get_by_role("button", name="反馈进展").click()
    expect(water.get_by_text("进展已反馈。")).to_be_visible()
    page = office.person("office")
    page.goto(address)
    _do(page, "检查")
    page.get_by_label("看到了什么").fill("抽查6座水库，隐患整改属实")
    page.get_by_role("button", name=re.compile("检查")).click()
    expect(page.get_by_text("检查已记录")).to_be_visible()
    expect(page.locator(".facts").first).to_contain_text("长期推进")


def _the_speech_shows_what_became_of_it(office: Office, speech: str) -> None:
    page = office.person("mayor")
    page.goto(speech)
    fates = page.get_by_role("group", name="要求的去向")
    counts = {name: int(n) for name, n in re.findall(r"(\w+)\s+(\d+)", fates.inner_text())}
    assert counts["已办结"] == 1
    assert counts["长期推进"] == 1
    assert sum(counts.values()) == 4
    assert page.locator("a.d[aria-describedby]").count() == 4
    page.locator("a.d").filter(has_text=PUMPS).first.click()
    note = page.get_by_role("note").filter(has_text="已办结")
    note.get_by_role("link", name="打开事项").click()
    page.wait_for_url("**/matters/*/")
    expect(page.locator("blockquote.src").first).to_contain_text(PUMPS)
    page.get_by_role("link", name="回到原文").click()
    page.wait_for_url(lambda url: speech in url)
    expect(page.locator("a.d").filter(has_text=PUMPS).first).to_be_in_viewport()


def _the_ledger_can_be_proved(office: Office, folder: Path, first_seal: Path) -> None:
    """Whole here and offline, an extension of what was sealed; one changed word is found and named."""
    export = folder / "export.jsonl"
    done = office.place.run("verify", "--export", str(export), "--extends", str(first_seal))
    assert "FAULT" not in done.stdout
    assert "whole" in _proof(office, export, 0)
    words = export.read_bytes()
    place = words.index(FOUND.encode())
    export.write_bytes(words[:place] + b"\xe4" + words[place + 1 :])
    assert re.search("FAULT.*matters.verification/1/finding", _proof(office, export, 1))
    office.place.run(code=DJANGO + TAMPER)
    changed = office.place.run("verify", check=False)
    assert changed.returncode == 1
    assert re.search("FAULT.*matters.matter.*due_on", changed.stdout), changed.stdout


def _proof(office: Office, path: Path, code: int) -> str:
    """What the offline check says, with nothing but the standard library."""
    env = environment(office.place.data, office.place.database)
    command = [sys.executable, "-S", "-m", "huiyin.proof", str(path)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout
