// <select data-combo> becomes an accessible combobox that also knows aliases; `multiple` shows its choices as chips.
// The select stays in the form (hidden), so what is sent never depends on this script.
import { make, say } from "./words.js";

const SHOWN = 50;
let counter = 0;

export function combo(select) {
  const id = `combo-${++counter}`;
  const list = make("ul", { id: `${id}-list`, role: "listbox", hidden: true });
  const input = make("input", {
    id: `${id}-in`, type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": list.id,
    "aria-autocomplete": "list", "aria-describedby": select.getAttribute("aria-describedby"), "aria-invalid": select.getAttribute("aria-invalid"),
  });
  const box = make("div", { class: "box" }, input);
  const root = make("div", { class: "combo" }, box, list);
  // A hidden field that is required would block the form without a word: the visible one asks instead.
  const state = { select, input, box, list, root, at: -1, found: [], required: select.required };
  select.required = false;
  for (const label of select.labels) label.htmlFor = input.id;
  if (!select.labels.length) input.setAttribute("aria-label", select.getAttribute("aria-label") ?? "");
  select.after(root);
  root.prepend(select);
  select.hidden = true;
  listen(state);
  show(state);
}

function listen(state) {
  const { input, list, select, root } = state;
  input.addEventListener("input", () => open(state));
  input.addEventListener("focus", () => select.multiple || input.select());
  input.addEventListener("click", () => open(state, ""));
  input.addEventListener("keydown", (event) => keyed(event, state));
  root.addEventListener("focusout", (event) => root.contains(event.relatedTarget) || leave(state));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) choose(state, state.found[Number(row.dataset.index)]);
  });
  state.box.addEventListener("click", (event) => remove(state, event.target.closest("button")));
  select.addEventListener("change", () => show(state));
  select.form?.addEventListener("reset", () => setTimeout(() => show(state), 0));
}

const words = (option) => `${option.text} ${option.dataset.alias ?? ""}`.toLowerCase();

export function matches(options, typed) {
  const wanted = typed.trim().toLowerCase();
  const pool = options.filter((option) => !option.disabled);
  if (!wanted) return pool;
  const starts = pool.filter((option) => words(option).split(/\s+/).some((word) => word.startsWith(wanted)));
  return [...starts, ...pool.filter((option) => words(option).includes(wanted) && !starts.includes(option))];
}

function open(state, typed = state.input.value) {
  const { select, list, input } = state;
  const options = [...select.options].filter((option) => !(select.multiple && option.selected));
  state.found = matches(options, typed).slice(0, SHOWN);
  state.at = state.found.length ? 0 : -1;
  list.replaceChildren(...state.found.map((option, index) => row(state, option, index)));
  if (!state.found.length) list.append(make("li", { class: "nothing" }, say("nothing")));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  point(state);
}

function row(state, option, index) {
  const aliases = (option.dataset.alias ?? "").split(/\s+/);
  const typed = state.input.value.trim().toLowerCase();
  const hit = typed && !option.text.toLowerCase().includes(typed) ? aliases.find((alias) => alias.toLowerCase().includes(typed)) : "";
  const cells = [option.text];
  if (hit) cells.push(make("small", {}, hit));
  return make("li", { id: `${state.list.id}-${index}`, role: "option", "data-index": index, "aria-selected": "false" }, ...cells);
}

function point(state) {
  for (const each of state.list.children) each.setAttribute("aria-selected", String(Number(each.dataset.index) === state.at));
  const chosen = state.list.children[state.at];
  if (state.at >= 0 && chosen) {
    state.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else state.input.removeAttribute("aria-activedescendant");
}

function keyed(event, state) {
  if (event.isComposing) return;
  const closed = state.list.hidden;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    if (closed) open(state, state.select.multiple ? state.input.value : "");
    else state.at = (state.at + step + state.found.length) % Math.max(state.found.length, 1);
    point(state);
  } else if (event.key === "Enter" && !closed && state.found[state.at]) choose(state, state.found[state.at]);
  else if (event.key === "Escape" && !closed) show(state);
  else if (event.key === "Backspace" && state.input.value === "" && state.select.multiple) unpick(state, [...state.select.selectedOptions].at(-1));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function choose(state, option) {
  if (state.select.multiple) option.selected = true;
  else state.select.value = option.value;
  changed(state);
}

function remove(state, button) {
  if (!button) return state.input.focus();
  unpick(state, [...state.select.options].find((option) => option.value === button.dataset.value));
}

function unpick(state, option) {
  if (!option) return;
  option.selected = false;
  changed(state);
  state.input.focus();
}

function changed(state) {
  state.select.dispatchEvent(new Event("change", { bubbles: true }));
  state.select.dispatchEvent(new Event("input", { bubbles: true }));
}

// What was typed and fits exactly one unit is taken; anything else returns to the last choice, in sight.
function leave(state) {
  if (state.list.hidden) return;
  const fits = state.input.value.trim() ? matches([...state.select.options], state.input.value) : [];
  if (fits.length === 1 && !fits[0].selected) choose(state, fits[0]);
  else show(state);
}

function show(state) {
  const { select, input, list, box } = state;
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  const option = select.selectedOptions[0];
  input.value = select.multiple || !option ? "" : option.value === "" ? "" : option.text;
  input.required = state.required && !(select.multiple && option);
  input.placeholder = select.multiple ? "" : [...select.options].find((each) => each.value === "")?.text ?? "";
  for (const pick of box.querySelectorAll(".pick")) pick.remove();
  if (select.multiple) box.prepend(...[...select.selectedOptions].map(pick));
}

function pick(option) {
  const button = make("button", { type: "button", "data-value": option.value, "aria-label": say("remove", { name: option.text }) }, "×");
  return make("span", { class: "pick" }, option.text, button);
}
