// A form marked data-draft="KEY" is saved every few seconds and offered again; the server's newer words always win.
import { send } from "./session.js";
import { clock, make, say } from "./words.js";

const EVERY = 3000;
const SKIP = new Set(["csrfmiddlewaretoken", "request_key", "seen", "_draft"]);
const BASE = "_base"; // the values the page had when the draft was begun, as JSON

export function draft(form) {
  const url = `/drafts/${encodeURIComponent(form.dataset.draft)}/`;
  const base = values(form);
  const state = { url, base, begun: base, last: JSON.stringify(base), sent: false };
  restore(form, state);
  const timer = setInterval(() => (form.isConnected ? save(form, state) : clearInterval(timer)), EVERY);
  window.addEventListener("pagehide", () => save(form, state, true));
  form.addEventListener("submit", (event) => setTimeout(() => sent(form, state, event), 0));
  // The server drops the draft once a form that names it has been taken.
  if (!form.elements._draft) form.append(make("input", { type: "hidden", name: "_draft", value: form.dataset.draft }));
}

function sent(form, state, event) {
  if (event.defaultPrevented && !form.matches("[hx-post]")) return;
  state.flight?.abort(); // a save still on its way must not arrive after the form
  state.sent = !form.matches("[hx-post]");
}

export function values(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    const control = form.elements[name];
    if (SKIP.has(name) || typeof value !== "string" || control?.type === "password") continue;
    (found[name] ??= []).push(value);
  }
  return found;
}

async function save(form, state, leaving = false) {
  if (state.sent || !form.isConnected) return;
  const now = values(form);
  const text = JSON.stringify(now);
  if (text === state.last) return;
  state.last = text;
  const body = JSON.stringify({ fields: { ...now, [BASE]: [JSON.stringify(state.begun)] } });
  state.flight = new AbortController();
  const options = { quiet: true, method: "PUT", body, signal: state.flight.signal, headers: { "Content-Type": "application/json" }, keepalive: leaving && body.length < 60000 };
  try {
    const answer = await send(state.url, options);
    if (!answer.ok) state.last = "";
    mark(form, answer.ok ? say("saved", { time: clock() }) : say("unsaved"));
  } catch {
    state.last = ""; // tried again in three seconds
    if (!state.sent) mark(form, say("unsaved"));
  }
}

function mark(form, text) {
  const place = form.querySelector("[data-saved]") ?? document.querySelector(`[data-saved="${CSS.escape(form.dataset.draft)}"]`);
  if (place) place.textContent = text;
}

async function restore(form, state) {
  const stored = await load(state.url);
  if (!stored) return;
  const fields = { ...stored.fields };
  const begun = JSON.parse(fields[BASE]?.[0] ?? "{}");
  delete fields[BASE];
  const plan = compare(fields, begun, state.base);
  if (!plan.take.length && !plan.newer.length) return;
  if (JSON.stringify(values(form)) !== JSON.stringify(state.base)) return; // already typing: leave it alone
  for (const name of plan.take) fill(form, name, fields[name] ?? []);
  state.last = JSON.stringify(values(form));
  form.prepend(line(form, state, fields, plan, stored.saved_at));
}

async function load(url) {
  try {
    const answer = await send(url, { quiet: true, headers: { Accept: "application/json" } });
    return answer.ok && answer.status !== 204 ? await answer.json() : null;
  } catch {
    return null;
  }
}

// A field is taken from the draft when the server still has what the draft began with; else both are shown.
export function compare(fields, begun, server) {
  const same = (one, other) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
  const changed = [...new Set([...Object.keys(fields), ...Object.keys(begun)])]
    .filter((name) => !same(fields[name], begun[name]) && !same(fields[name], server[name]));
  return {
    take: changed.filter((name) => same(begun[name], server[name])),
    newer: changed.filter((name) => !same(begun[name], server[name])),
  };
}

function fill(form, name, wanted) {
  const controls = [...form.elements].filter((element) => element.name === name);
  const left = [...wanted];
  for (const control of controls) {
    if (control.type === "checkbox" || control.type === "radio") control.checked = wanted.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = wanted.includes(option.value);
    else if (control.type !== "file") control.value = left.shift() ?? "";
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function line(form, state, fields, plan, savedAt) {
  const when = savedAt ? new Date(savedAt) : new Date();
  const discard = make("button", { type: "button" }, say("discard"));
  const box = make("div", { class: "draft", role: "status" }, say("restored", { time: moment(when) }), discard);
  discard.addEventListener("click", () => drop(form, state, plan, box));
  if (plan.newer.length) box.append(differences(form, state, fields, plan.newer));
  return box;
}

function moment(when) {
  const today = new Date().toDateString() === when.toDateString();
  if (today) return clock(when);
  const language = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
  return `${when.toLocaleDateString(language, { month: "short", day: "numeric" })} ${clock(when)}`;
}

async function drop(form, state, plan, box) {
  for (const name of plan.take) fill(form, name, state.base[name] ?? []);
  state.last = JSON.stringify(values(form));
  await send(state.url, { quiet: true, method: "DELETE" }).catch(() => null);
  box.remove();
}

function differences(form, state, fields, names) {
  const list = make("ul");
  for (const name of names) {
    const use = make("button", { type: "button" }, say("usedraft"));
    const field = label(form, name);
    const text = say("newer", { field, now: (state.base[name] ?? []).join("、"), draft: (fields[name] ?? []).join("、") });
    const row = make("li", {}, text, " ", use);
    use.addEventListener("click", () => { fill(form, name, fields[name] ?? []); row.remove(); });
    list.append(row);
  }
  return list;
}

function label(form, name) {
  const control = [...form.elements].find((element) => element.name === name);
  return control?.labels?.[0]?.textContent.trim() || name;
}
