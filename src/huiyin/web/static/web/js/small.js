// The small things: the print button, menus that close, rows of a refusal beside their form.
import { make, say, toast } from "./words.js";

export function small(root) {
  for (const button of root.querySelectorAll("[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  root.querySelector(".errors[tabindex]")?.focus();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const close = event.target.closest("[data-close]");
  const slot = close?.closest("details, dialog, [data-slot]");
  if (slot?.matches("dialog")) slot.close();
  else if (slot?.matches("details")) slot.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A grey verb explains itself in words beside it; clicking it does nothing, also with a keyboard.
document.addEventListener("click", (event) => {
  if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
}, true);

// A refusal (header X-Refusal) or a whole error page never replaces what was typed: its words stand beside the form.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const wholePage = xhr.status >= 400 && /^\s*<!doctype/i.test(xhr.responseText);
  if (!xhr.getResponseHeader("X-Refusal") && !wholePage) return;
  event.detail.shouldSwap = false;
  place(requestConfig.elt, xhr.responseText);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  near(event.detail.elt).querySelector(":scope > .refusal[role=alert]")?.remove();
});

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) toast(say("failed"), true);
});
document.addEventListener("htmx:sendError", () => toast(say("offline"), true));

export function place(element, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const part = parsed.querySelector(".refusal") ?? make("div", { class: "refusal", role: "alert" }, make("p", {}, (parsed.querySelector("h1") ?? parsed.body).textContent));
  const home = near(element);
  home.querySelector(":scope > .refusal[role=alert]")?.remove();
  home.prepend(document.importNode(part, true));
  home.firstElementChild.scrollIntoView({ block: "nearest" });
}

function near(element) {
  return element.closest("form, [data-slot]") ?? document.getElementById("said") ?? document.body;
}
