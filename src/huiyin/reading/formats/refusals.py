"""Every reason why a file cannot be read, as officials are told it: what is wrong, what to do."""

from __future__ import annotations

from typing import Final

from huiyin.reading.errors import Unreadable

SENTENCES: Final[dict[str, str]] = {
    "empty": "文件是空的，请检查后重新上传。",
    "too_large": "文件超过200MB，请拆分后分别导入，或只导入正文部分。",
    "page_too_large": "网页文件超过10MB，请只保存正文部分，或打印为PDF后再导入。",
    "too_long": "文件的文字超过2000万字，请拆分后分别导入。",
    "too_many_cells": "表格的行列范围过大，请删去多余的空行空列，另存后再导入。",
    "out_of_memory": "文件太大，内存不足，读不完。请拆分后分别导入。",
    "no_text": "文件里没有文字（可能只有图片）。请转成PDF后导入，可逐页查看、手工登记。",
    "damaged": "文件已损坏或不完整，请用原程序打开，重新另存后再导入。",
    "encrypted": "文件设有密码，请打开后取消密码，另存后再导入。",
    "scan_image": "这是图片，不能直接读出文字。请把各页合成一个PDF后导入，可逐页查看、手工登记。",
    "doc": "这是旧版Word文档（.doc/.wps），请用WPS或Word打开，另存为.docx后再导入。",
    "ole": "这是旧版Office文件，请用WPS或Office打开，另存为.docx或.xlsx后再导入。",
    "rtf": "这是RTF文档，请用WPS或Word打开，另存为.docx后再导入。",
    "odt": "这是ODF文档，请用WPS或LibreOffice打开，另存为.docx后再导入。",
    "ofd": "这是OFD版式文件，请用阅读器打开，另存（打印）为PDF后再导入。",
    "pptx": "这是演示文稿，请另存为PDF后再导入。",
    "archive": "这是压缩包，请解压后把里面的文件分别导入。",
    "zip_bomb": "文件解压后异常庞大，可能是恶意文件，已拒绝读取。请用原程序另存后再试。",
    "entities": "文件里含有不允许的外部定义，可能是恶意文件，已拒绝读取。请用原程序另存后再试。",
    "not_text": "这不是文字文件，请确认文件类型；如是文档，请另存为.docx或PDF后再导入。",
    "encoding": "认不出文字的编码，请用记事本打开，另存为UTF-8编码后再导入。",
}


def refusal(code: str) -> Unreadable:
    """Return the refusal of this code, to be raised."""
    return Unreadable(code, SENTENCES[code])
