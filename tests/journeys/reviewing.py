"""What a reviewer does at the review of a reading, by mouse and keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("[data-reading]"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest("[data-text]")) continue;
    nodes.push([text.length, node]);
    text += node.data;
  }
  const start = text.indexOf(words);
  if (start < 0) return false;
  const at = place => { const [from, node] = nodes.findLast(([from]) => from <= place); return [node, place - from]; };
  const last = at(start + words.length - 1);
  document.getSelection().setBaseAndExtent(...at(start), last[0], last[1] + 1);
  return true;
}"""

FIND = """words => {
  const texts = {};
  for (const mark of document.querySelectorAll("[data-reading] a.m"))
    for (const piece of mark.querySelectorAll("[data-text]"))
      texts[mark.dataset.finding] = (texts[mark.dataset.finding] ?? "") + piece.textContent;
  return Object.keys(texts).find(each => texts[each].includes(words)) ?? "";
}"""


class Review:
    """The review page of one document; every step waits until the page shows what it did."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = f"{address}review/"
        page.goto(self.address)
        expect(page.locator("article[data-reading]")).to_be_visible()

    @property
    def finding(self) -> Locator:
        """The finding in hand."""
        return self.page.locator(".insp[data-finding-pk]")

    def choose(self, words: str) -> None:
        """The finding with these words is in hand; one the reader missed is added from a selection."""
        found = self.page.evaluate(FIND, words)
        if not found:
            self.add(words)
        elif words not in self.finding.locator(".q").inner_text():
            with self._moves():
                self.page.locator(f'a.m[data-finding="{found}"]').first.click()
        expect(self.finding.locator(".q")).to_contain_text(words)

    def trim(self, words: str) -> None:
        """The finding in hand is these words, selected in the text, and no more."""
        if self.finding.locator(".q").inner_text() == words:
            return
        with self._moves():
            assert self.page.evaluate(SELECT, words), words
            self.finding.get_by_role("button", name="以选中的文字为起止").click()
        expect(self.finding.locator(".q")).to_have_text(words)

    def add(self, words: str, kind: str = "任务") -> None:
        """Words selected in the text and pressed A: they are a finding of that kind."""
        with self._moves():
            assert self.page.evaluate(SELECT, words), words
            adding = self.page.locator("#add")
            if not adding.evaluate("each => each.open"):
                self.page.keyboard.press("a")
            expect(adding.get_by_label("原话")).to_have_value(words)
            adding.get_by_text(kind, exact=True).click()
            adding.get_by_role("button", name="补上").click()
        expect(self.finding.locator(".q")).to_contain_text(words)

    def press(self, key: str) -> None:
        """One key that decides; the next finding comes into hand."""
        with self._moves():
            self.page.keyboard.press(key)

    def kind(self, label: str) -> None:
        """The kind of the finding in hand, not yet saved."""
        self.finding.locator("#finding").get_by_text(label, exact=True).click()

    def save(self) -> None:
        """What was changed in the fields is confirmed."""
        with self._moves():
            self.finding.get_by_role("button", name="Enter").click()

    def set_aside(self, reason: str, approver: str) -> None:
        """不立项, with the reason and who decided it."""
        self.page.keyboard.press("s")
        box = self.finding.locator("#aside")
        box.get_by_label("为什么不立项").fill(reason)
        box.get_by_label("谁批准的").select_option(label=approver)
        with self._moves():
            box.get_by_role("button", name="不立项").click()

    def split(self, before: str) -> None:
        """The finding becomes two: the second begins with these words."""
        self.page.keyboard.press("d")
        with self._moves():
            self.finding.locator("#split").get_by_role("button", name=f"┃ {before}").click()

    def link(self, title: str) -> None:
        """The finding is answered by a matter that the page offers as a likely one."""
        self.page.keyboard.press("l")
        with self._moves():
            self.finding.locator("#link").get_by_role("button").filter(has_text=title).first.click()

    def reject_the_rest(self) -> None:
        """Whatever else was read is no demand."""
        self.page.goto(self.address)  # the one in hand may be decided; those that wait come first
        while self.finding.count():
            self.press("x")
        expect(self.page.get_by_text("都核对过了。")).to_be_visible()

    def register_all(self) -> None:
        """What was confirmed goes into the register, and the dispatch table opens."""
        self.page.get_by_role("button", name="立项，去拟办").click()
        self.page.wait_for_url("**/dispatch/**")

    def _moves(self) -> _Moving:
        return _Moving(self.page)


class _Moving:
    """Until the right pane has been exchanged for the next one."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __enter__(self) -> None:
        self.page.locator(".rt").evaluate("pane => pane.dataset.before = '1'")

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            expect(self.page.locator(".rt:not([data-before])")).to_be_visible()
