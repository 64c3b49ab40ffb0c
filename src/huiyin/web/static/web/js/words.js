// Sentences come from the page (`#words`), so that they are translated with everything else.
export function say(name, values = {}) {
  const text = document.getElementById("words")?.dataset[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// A short message at the foot of the page; `bad` ones stay until they are closed.
export function toast(text, bad = false) {
  let shelf = document.querySelector(".toasts");
  if (!shelf) document.body.append((shelf = make("div", { class: "toasts", role: "status" })));
  const close = make("button", { type: "button", class: "btn quiet push" }, say("close"));
  const note = make("p", { class: bad ? "toast bad" : "toast" }, text, close);
  close.addEventListener("click", () => note.remove());
  if (!bad) setTimeout(() => note.remove(), 6000);
  shelf.append(note);
}

export function clock(moment = new Date()) {
  return `${moment.getHours()}:${String(moment.getMinutes()).padStart(2, "0")}`;
}
