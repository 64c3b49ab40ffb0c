"""Papers of the made-up city, written for the journeys, and files that nobody should send.

A paper is what Playwright's `set_input_files` takes: {"name", "mimeType", "buffer"}.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import xlsxwriter
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from huiyin.reading.formats.tests import makers

ANY = "application/octet-stream"
SPEECH = (
    (0, "狠抓防汛备汛"),
    (2, "市水利局要在2027年3月31日前完成城北提升泵站改造，更新水泵6台。"),
    (2, "各有关部门要提高政治站位，把思想和行动统一到市委决策部署上来。"),
    (1, "健全预报预警"),
    (2, "市水利局要每季度对全市小型水库开展一次安全检查，发现隐患立即整改。"),
    (0, "办好人民满意的教育"),
    (2, "市教育局要会同市水利局开展防溺水专项行动，今年暑假前覆盖全部中小学校。"),
    (2, "当前，部分乡村学校饮水设施老化、水质不达标的问题还没有根本解决。"),
)
LEVELS = (
    {"numFmt": "chineseCounting", "lvlText": "%1、"},
    {"numFmt": "chineseCounting", "lvlText": "（%2）"},
)
MINUTES = """云溪市人民政府专题会议纪要
云府专议〔2026〕18号

2026年11月12日，市长罗文山主持召开专题会议，研究城区内涝治理和校园用水安全有关工作。纪要如下：

一、关于城区内涝治理
会议决定，由市水利局牵头，市教育局配合，于2027年1月31日前完成12处易涝点整治。
会议强调，市水利局要加快城北提升泵站改造，确保2027年3月31日前完成。

二、关于校园用水安全
市教育局要在2026年12月31日前完成全市农村学校水质检测，检测结果报市政府督查室。
会议原则同意市水利局提出的工作方案。
"""
PLAN = (
    ("序号", "工作任务", "责任单位", "配合单位", "完成时限"),
    ("1", "加快建设智慧水务监测平台，接入监测点200个", "市水利局", "市大数据中心", "2027年6月30日"),
    ("2", "改造提升农村学校饮水设施30处", "市教育局", "市水利局", "2027年5月31日"),
)


def paper(name: str, data: bytes, kind: str = ANY) -> dict[str, Any]:
    """A file as it is chosen in the browser."""
    return {"name": name, "mimeType": kind, "buffer": data}


def speech() -> dict[str, Any]:
    """A speech in Word whose 一、（一） are automatic: they stand in no paragraph."""
    return paper("在防汛备汛暨教育工作会议上的讲话.docx", makers.docx_file(_speech))


def _speech(document: Any) -> None:
    number = makers.add_list(document, LEVELS)
    document.add_paragraph("在全市防汛备汛暨教育工作会议上的讲话")
    document.add_paragraph("云溪市市长　罗文山")
    document.add_paragraph("（2026年11月10日）")
    document.add_paragraph("同志们：")
    for level, text in SPEECH:
        if level == 2:
            document.add_paragraph(text)
        else:
            makers.numbered(document, text, number, level)


def plan() -> dict[str, Any]:
    """A plan as a table, as offices keep it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("任务清单")
    sheet.merge_range(0, 0, 0, 4, "云溪市2027年水务和教育重点任务清单")
    for row, cells in enumerate(PLAN, start=1):
        sheet.write_row(row, 0, cells)
    book.close()
    return paper("2027年重点任务清单.xlsx", stream.getvalue())


def good() -> dict[str, Any]:
    """A notice as plain text, in the old encoding of offices' machines."""
    words = "关于做好冬季供水的通知\n市水利局要在2026年12月15日前完成全市供水管网防冻排查。\n"
    return paper("冬季供水通知.txt", words.encode("gb18030"), "text/plain")


def scan() -> dict[str, Any]:
    """Two pages without a text layer: pictures of a paper."""
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream, pagesize=(595, 842))
    for number in (1, 2):
        sheet.drawImage(ImageReader(_picture(number)), 0, 0, width=595, height=842)
        sheet.showPage()
    sheet.save()
    return paper("手写批示扫描件.pdf", stream.getvalue(), "application/pdf")


def _picture(number: int) -> Image.Image:
    picture = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(6):
        draw.rectangle((80, 120 + 60 * line, 540 - 40 * line, 132 + 60 * line), fill=40)
    draw.text((300, 830), str(number), fill=0)
    return picture


def bad_papers() -> dict[str, dict[str, Any]]:
    """Files nobody can or may take in, by what is wrong with them."""
    return {
        "empty": paper("空白.txt", b""),
        "damaged": paper("损坏的讲话.docx", speech()["buffer"][:2000]),
        "bomb": paper("炸弹.docx", _bomb()),
        "undecodable": paper("乱码.txt", bytes(range(128, 256)) * 8),
        "misnamed": paper("其实是图片.pdf", _png()),
        "secret": paper(
            "机密文件.docx", makers.paragraphs("机密★5年", "关于某事项的通知", "市水利局要办好。")
        ),
        "locked": paper(
            "加密.pdf", makers.pdf_file([["市水利局要办好这件事。"]], encrypt="secret")
        ),
    }


def hostile_page() -> dict[str, Any]:
    """A web page with scripts in every place a script can stand; its words are readable."""
    words = (
        "<html><head><meta charset='utf-8'><title>通知</title><script>window.pwned=1</script></head>"
        "<body onload='window.pwned=2'><h1>关于校园供水的通知</h1>"
        "<p>市教育局要在2026年12月20日前完成校园供水设施排查。<img src=x onerror='window.pwned=3'></p>"
        "<p>&lt;script&gt;window.pwned=4&lt;/script&gt;请市水利局抓紧落实。</p></body></html>"
    )
    return paper("网页通知.html", words.encode(), "text/html")


def _png() -> bytes:
    stream = io.BytesIO()
    _picture(1).save(stream, "PNG")
    return stream.getvalue()


def _bomb() -> bytes:
    """A few hundred kilobytes that would unfold to 400 megabytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(400):
                part.write(b"\0" * 2**20)
    return stream.getvalue()
