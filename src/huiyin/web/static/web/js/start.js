// What is done to every new piece of page. Each enhancer is idempotent: it marks elements with data-live.
import { combo } from "./combo.js";
import { draft } from "./draft.js";
import { drop } from "./drop.js";
import { echo } from "./echo.js";
import { keys } from "./keys.js";
import { once } from "./once.js";
import { poll } from "./poll.js";
import { select } from "./select.js";
import { session } from "./session.js";
import { small } from "./small.js";

const PARTS = [
  ["form[method=post]", once],
  ["select[data-combo]", combo],
  ["form[data-draft]", draft],
  ["[data-drop]", drop],
  ["table[data-select]", select],
  ["[data-poll]", poll],
  ["[data-echo]", echo],
];

export function enhance(root) {
  for (const [selector, start] of PARTS) {
    for (const element of found(root, selector)) attach(element, start);
  }
  small(root);
}

function found(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}

function attach(element, start) {
  const live = (element.dataset.live ?? "").split(" ");
  if (live.includes(start.name)) return;
  element.dataset.live = [...live, start.name].join(" ").trim();
  start(element);
}

session();
keys();
