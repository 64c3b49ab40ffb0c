// The review moves on without reloading: every form and every link to another finding is asked for as a part and swapped in.
import { extent } from "../../web/js/utf16.js";
import { wake } from "../../web/js/once.js";
import { ready, send } from "../../web/js/session.js";
import { say, toast } from "../../web/js/words.js";

let busy = false;

document.addEventListener("submit", submitted);
document.addEventListener("click", clicked);
document.addEventListener("selectionchange", selected);
window.addEventListener("popstate", () => go(location.href, {}, false));

function panes() {
  return document.querySelector("[data-review]");
}

function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || !form.closest("[data-review]") || form.matches("[data-leave]")) return;
  event.preventDefault();
  if (busy) return;
  const body = new FormData(form, event.submitter ?? undefined);
  go(form.action, { method: "POST", body }, true, form);
}

function clicked(event) {
  const opener = event.target.closest("[data-open]");
  if (opener) return open(document.querySelector(opener.dataset.open));
  const focus = event.target.closest("[data-focus]");
  if (focus) return document.querySelector(focus.dataset.focus)?.focus();
  const link = event.target.closest('[data-review] a[href*="?at="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (!window.getSelection().isCollapsed) return event.preventDefault(); // somebody is marking words, not following the link
  event.preventDefault();
  if (!busy) go(link.href, {}, true);
}

function open(details) {
  if (!details) return;
  details.open = !details.open;
  if (details.open) details.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
}

async function go(url, options, remember, form) {
  busy = true;
  try {
    const answer = await send(url, options);
    if (answer.status === 401 && !(await ready())) return;
    const html = await answer.text();
    if (answer.ok && !answer.headers.get("X-Refusal")) take(html, remember, options.method !== "POST" ? url : null);
    else refused(html, form);
  } catch {
    toast(say("offline"), true);
  } finally {
    busy = false;
    if (form?.isConnected) wake(form);
  }
}

function refused(html, form) {
  const slot = form?.closest("details[open]") ?? document.querySelector("[data-review] [data-slot]");
  const part = new DOMParser().parseFromString(html, "text/html").querySelector(".refusal, .errors");
  if (!slot || !part) return toast(say("failed"), true);
  slot.querySelector(":scope > .refusal")?.remove();
  slot.prepend(document.importNode(part, true));
  if (part.dataset.code === "stale") slot.firstElementChild.append(again());
  slot.scrollIntoView({ block: "nearest" });
}

// What was typed lies in a draft: the finding comes back with what others did, and with one's own words.
function again() {
  const pk = document.querySelector(".insp[data-finding-pk]")?.dataset.findingPk ?? "";
  const link = document.createElement("a");
  link.className = "link";
  link.href = `?at=${pk}`;
  link.textContent = panes().dataset.again;
  return link;
}

function take(html, remember, url) {
  const old = panes();
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-review]");
  if (!old || !fresh) return location.reload();
  const next = document.importNode(fresh, true);
  const words = old.querySelector(".l");
  const scrolled = words?.scrollTop ?? 0;
  const unfolded = old.querySelector("#add")?.open;
  if (words && !next.querySelector(".l")) remark(words, next);
  old.querySelector(".rt").replaceWith(next.querySelector(".rt"));
  const article = next.querySelector(".l");
  if (words && article && article !== words) words.replaceWith(article);
  const left = old.querySelector(".l");
  if (left) left.scrollTop = scrolled;
  if (unfolded && url) old.querySelector("#add")?.setAttribute("open", "");
  const current = old.querySelector(".insp[data-finding-pk]")?.dataset.findingPk;
  if (remember) history.replaceState(null, "", current ? `?at=${current}` : location.pathname);
  old.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  reveal(old);
}

// In a very long paper the words stay as they are; only what each finding looks like changes.
function remark(words, next) {
  const current = next.querySelector(".insp[data-finding-pk]")?.dataset.findingPk;
  for (const mark of words.querySelectorAll("a.m.cur")) mark.classList.replace("cur", "done");
  for (const mark of words.querySelectorAll(`[data-finding="f${current}"]`)) mark.classList.add("cur");
}

function reveal(root) {
  const mark = root.querySelector("a.m.cur");
  const pane = root.querySelector(".l");
  if (!mark || !pane) return;
  const [box, view] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (box.top < view.top + 40 || box.bottom > view.bottom - 80) mark.scrollIntoView({ block: "center" });
}

function selected() {
  const root = panes();
  const selection = window.getSelection();
  if (!root || !selection.rangeCount || !root.querySelector(".l")?.contains(selection.anchorNode)) return;
  const found = extent(selection);
  if (!found) return;
  for (const form of root.querySelectorAll("form[data-selection]")) {
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.hidden = false;
  }
  const text = selection.toString().trim();
  for (const field of root.querySelectorAll("[data-selected-text]")) field.value = text;
  for (const line of root.querySelectorAll("[data-selected]")) line.textContent = text.slice(0, 24);
}

document.addEventListener("input", (event) => {
  // Words typed by hand go before a selection made earlier.
  const form = event.target.matches("[data-selected-text]") && event.target.form;
  if (form) form.elements.start.value = form.elements.end.value = "";
});

const start = panes();
if (start) reveal(start);
