// A session that ended never costs what was typed: sign-in opens in place, then the form goes out.
import { wake } from "./once.js";
import { say, toast } from "./words.js";

const FRESH = 30_000; // milliseconds during which the last answer of the server is believed
let heard = Date.now();
let asking = null;

export function session() {
  if (!document.body.dataset.user) return;
  document.addEventListener("submit", guard, true);
  document.addEventListener("htmx:responseError", retry);
  document.addEventListener("htmx:beforeSwap", notThePage);
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && (heard = Date.now()));
}

// Before a form leaves: is the session still there? One small request, and only when the page has been idle.
async function guard(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || form.dataset.checked || usesHtmx(form)) return;
  if (form.matches("[data-sign-in], [data-again]") || Date.now() - heard < FRESH) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  if (!(await ready())) return wake(form);
  form.dataset.checked = "1";
  form.requestSubmit(submitter ?? undefined);
  setTimeout(() => delete form.dataset.checked, 0);
}

function usesHtmx(form) {
  return ["hx-post", "hx-put", "hx-patch", "hx-delete"].some((name) => form.hasAttribute(name));
}

// True once the same person is signed in (again) and the form tokens are new.
export async function ready() {
  const state = await ask();
  if (!state) return true; // unreachable: let the browser say so itself
  if (state.signed_in) return adopt(state);
  asking ??= signIn().finally(() => (asking = null));
  return asking;
}

async function ask() {
  try {
    const answer = await fetch(document.body.dataset.session, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function adopt(state) {
  heard = Date.now();
  if (state.user != null && String(state.user) !== document.body.dataset.user) {
    toast(say("other"), true);
    return false;
  }
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = state.csrf;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": state.csrf }));
  return true;
}

export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

// fetch for our own addresses: token set, an ended session asked for in place and the request sent again
// (not when `quiet`: what happens in the background must not open a dialog).
export async function send(url, { quiet = false, ...options } = {}) {
  const go = () => fetch(url, {
    ...options,
    headers: { "X-Requested-With": "fetch", "X-CSRFToken": token(), ...options.headers },
  });
  let answer = await go();
  if (!quiet && ended(answer.status, answer.redirected ? answer.url : "") && (await ready())) answer = await go();
  if (answer.ok) heard = Date.now();
  return answer;
}

function ended(status, url) {
  return status === 401 || (url !== "" && new URL(url, location.href).pathname === "/sign-in/");
}

function notThePage(event) {
  const { xhr } = event.detail;
  if (!ended(0, xhr.responseURL ?? "")) return;
  event.detail.shouldSwap = false; // the sign-in page must not appear inside a card
  again(event.detail.requestConfig);
}

function retry(event) {
  if (event.detail.xhr.status === 401) again(event.detail.requestConfig);
}

async function again(config) {
  if (!(await ready())) return;
  const form = config.elt.closest("form");
  if (form && usesHtmx(form)) {
    wake(form);
    form.requestSubmit();
  } else window.htmx?.ajax(config.verb, config.path, { source: config.elt, target: config.target });
}

function signIn() {
  const dialog = document.importNode(document.getElementById("sign-in-again").content, true).firstElementChild;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    const finish = (done) => { dialog.remove(); resolve(done); };
    dialog.querySelector("[data-cancel]").addEventListener("click", () => finish(false));
    dialog.addEventListener("cancel", () => finish(false));
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const state = await submit(event.target);
      if (state) finish(adopt(state));
    });
  });
}

async function submit(form) {
  const before = await ask();
  const body = new FormData(form);
  body.set("csrfmiddlewaretoken", before?.csrf ?? "");
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const after = answer && (await ask());
  if (after?.signed_in) return after;
  const page = answer && answer.type !== "opaqueredirect" ? await answer.text() : "";
  const sentence = new DOMParser().parseFromString(page, "text/html").querySelector("[data-error], .errors, .refusal");
  const line = form.querySelector("[role=alert]");
  line.textContent = sentence?.textContent.trim().replace(/\s+/g, " ") || say("offline");
  line.hidden = false;
  form.elements.password.select();
  return null;
}

