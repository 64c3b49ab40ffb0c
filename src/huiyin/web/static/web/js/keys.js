// Declarative shortcuts: data-key="j" clicks (or focuses) its element; "?" lists them all. Nothing fires while typing.
import { make, say } from "./words.js";

export function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = name(event);
    if (typing(event) && !/^(Ctrl|Meta)\+/.test(pressed)) return;
    if (pressed === "?" && document.querySelector("[data-key]")) return help(event);
    const element = target(pressed);
    if (!element || (pressed === "Enter" && event.target.closest("a, button, summary, input"))) return;
    event.preventDefault();
    act(element);
  });
}

function name(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && /^[a-z]$/.test(key) ? "Shift+" : "";
  return `${event.ctrlKey ? "Ctrl+" : ""}${event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${key}`;
}

function typing(event) {
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  return Boolean(field) && !field.matches("[type=checkbox], [type=radio], [type=button], [type=submit]");
}

const plain = (key) => key.replace(/(^|\+)([A-Z])$/, (_, plus, letter) => plus + letter.toLowerCase());

function target(pressed) {
  const scope = document.querySelector("dialog[open]") ?? document;
  const fits = [...scope.querySelectorAll("[data-key]")].filter((element) => plain(element.dataset.key) === pressed);
  return fits.find((element) => visible(element) && !element.disabled && element.getAttribute("aria-disabled") !== "true");
}

function visible(element) {
  return element.getClientRects().length > 0 || element.hasAttribute("data-key-hidden");
}

function act(element) {
  if (element.matches("input:not([type=button], [type=submit], [type=checkbox], [type=radio]), textarea, select")) {
    element.focus();
    element.select?.();
  } else element.click();
}

function help(event) {
  event.preventDefault();
  const list = make("dl", { class: "keylist" });
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (seen.has(element.dataset.key)) continue;
    seen.add(element.dataset.key);
    list.append(make("dt", {}, make("kbd", {}, shown(element.dataset.key))), make("dd", {}, words(element)));
  }
  const close = make("button", { type: "button", class: "btn", "data-close": true }, say("close"));
  const dialog = make("dialog", { "aria-label": say("keys") }, make("h2", {}, say("keys")), list, make("div", { class: "submit" }, close));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const shown = (key) => ({ ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" })[key] ?? key.replace("+", " ").replace(/\b[a-z]$/, (letter) => letter.toUpperCase());

function words(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const copy = element.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.trim() || element.getAttribute("aria-label") || element.placeholder || "";
}
