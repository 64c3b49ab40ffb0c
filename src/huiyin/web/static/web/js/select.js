// Rows of a table chosen by checkbox: ranges with shift, all at once, a count, the bar of bulk verbs; J K X Enter.
import { say } from "./words.js";

export function select(table) {
  const state = { table, last: null, cursor: -1 };
  table.addEventListener("click", (event) => clicked(event, state));
  table.addEventListener("change", () => refresh(state));
  table.closest("form, body").addEventListener("reset", () => setTimeout(() => refresh(state), 0));
  document.addEventListener("keydown", (event) => keyed(event, state));
  refresh(state);
}

const boxes = (table) => [...table.querySelectorAll("tbody input.ck:not([disabled])")];
const all = (table) => table.querySelector("[data-select-all]");

function clicked(event, state) {
  const box = event.target.closest("input.ck");
  if (!box) return;
  const list = boxes(state.table);
  if (box === all(state.table)) {
    for (const each of list) each.checked = box.checked;
  } else if (event.shiftKey && state.last && list.includes(state.last)) {
    const [from, to] = [list.indexOf(state.last), list.indexOf(box)].sort((a, b) => a - b);
    for (const each of list.slice(from, to + 1)) each.checked = box.checked;
  }
  if (box !== all(state.table)) state.last = box;
  refresh(state);
}

function refresh({ table }) {
  const list = boxes(table);
  const chosen = list.filter((box) => box.checked);
  for (const box of list) {
    const row = box.closest("tr");
    if (box.checked) row.setAttribute("aria-selected", "true");
    else row.removeAttribute("aria-selected");
  }
  const head = all(table);
  if (head) {
    head.checked = list.length > 0 && chosen.length === list.length;
    head.indeterminate = chosen.length > 0 && chosen.length < list.length;
  }
  bar(table, chosen);
}

function bar(table, chosen) {
  const place = table.dataset.select ? document.getElementById(table.dataset.select) : document.querySelector("[data-bulk]");
  if (!place) return;
  const count = place.querySelector("[data-bulk-count]");
  if (count) count.textContent = say("chosen", { n: chosen.length });
  for (const button of place.querySelectorAll("[data-bulk-do]")) button.disabled = chosen.length === 0;
  place.toggleAttribute("data-empty", chosen.length === 0); // out of the way on a phone
  table.dispatchEvent(new CustomEvent("web:chosen", { bubbles: true, detail: { values: chosen.map((box) => box.value) } }));
}

function keyed(event, state) {
  if (!state.table.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not(.ck), textarea, select, dialog, [contenteditable]")) return;
  const list = boxes(state.table);
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (step) move(list, state, step);
  else if (event.key.toLowerCase() === "x" && list[state.cursor]) toggle(list[state.cursor], state);
  else if (event.key === "Enter" && event.target.matches("input.ck")) event.target.closest("tr").querySelector("a")?.click();
  else return;
  event.preventDefault();
}

function move(list, state, step) {
  const present = list.indexOf(document.activeElement);
  state.cursor = Math.min(Math.max((present >= 0 ? present : state.cursor) + step, 0), list.length - 1);
  list[state.cursor]?.focus();
  list[state.cursor]?.scrollIntoView({ block: "nearest" });
}

function toggle(box, state) {
  box.checked = !box.checked;
  state.last = box;
  refresh(state);
}
