// A form is sent once: its buttons sleep after the first submit and wake when the page comes back from the cache.
const AWAKE_AGAIN = 12_000; // milliseconds

export function once(form) {
  if (form.hasAttribute("data-again")) return;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // After the browser has read the pressed button's value into the form data.
    setTimeout(() => sleep(form), 0);
    // An answer that is a file leaves the page standing; the request key makes a second press harmless.
    setTimeout(() => wake(form), AWAKE_AGAIN);
  });
}

function sleep(form) {
  for (const button of buttons(form)) {
    if (button.disabled) continue;
    button.disabled = true;
    button.dataset.slept = "1";
    button.setAttribute("aria-busy", "true");
  }
}

export function wake(form) {
  delete form.dataset.sent;
  for (const button of buttons(form)) {
    if (!button.dataset.slept) continue;
    button.disabled = false;
    delete button.dataset.slept;
    button.removeAttribute("aria-busy");
  }
}

function buttons(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

function wakeAll() {
  for (const form of document.querySelectorAll("form[data-sent]")) wake(form);
}

window.addEventListener("pageshow", (event) => event.persisted && wakeAll());
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) wake(form);
});
