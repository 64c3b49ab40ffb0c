// Several files dragged in or chosen: with data-upload each is sent by itself with its own progress line; else the form takes them.
import { ready, token } from "./session.js";
import { make, say } from "./words.js";

export function drop(zone) {
  const input = zone.querySelector("input[type=file]");
  zone.classList.add("live");
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => over(event, zone));
  zone.addEventListener("dragleave", (event) => zone.contains(event.relatedTarget) || zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    taken(zone, input, event.dataTransfer.files);
  });
  input.addEventListener("change", () => taken(zone, input, input.files));
}

// A file dropped beside the zone must not replace the page.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (event) => event.dataTransfer?.types?.includes("Files") && event.preventDefault());
}

function over(event, zone) {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  zone.classList.add("over");
}

function taken(zone, input, files) {
  if (!files.length) return;
  if (zone.dataset.upload) {
    queue(zone, [...files]);
    input.value = "";
    return;
  }
  if (files !== input.files) input.files = files;
  const list = shelf(zone);
  list.replaceChildren(...[...files].map((file) => line(file).row));
  zone.dispatchEvent(new CustomEvent("web:files", { bubbles: true }));
}

function shelf(zone) {
  const next = zone.parentElement.querySelector("ul.files");
  if (next) return next;
  const list = make("ul", { class: "files", "aria-live": "polite" });
  zone.after(list);
  return list;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function line(file) {
  const state = make("span", {}, say("waiting"));
  const row = make("li", {}, make("span", { class: "name", title: file.name }, file.name), make("span", { class: "size" }, size(file.size)), state);
  return { row, state, file };
}

// One after another: a county office's line is thin, and the order of the list is the order of arrival.
async function queue(zone, files) {
  const list = shelf(zone);
  const lines = files.map(line);
  list.prepend(...lines.map((each) => each.row));
  if (!(await ready())) return;
  for (const each of lines) await upload(zone, each);
  zone.dispatchEvent(new CustomEvent("web:uploaded", { bubbles: true }));
}

async function upload(zone, each) {
  const limit = Number(zone.dataset.limit ?? Infinity);
  if (each.file.size > limit) return failed(each, say("toobig", { limit: size(limit) }));
  const bar = make("progress", { max: 100, value: 0, "aria-label": each.file.name });
  each.row.append(bar);
  each.state.textContent = say("sending");
  const answer = await post(zone, each.file, (share) => (bar.value = share * 100));
  bar.remove();
  if (answer.ok) done(each, answer.body);
  else failed(each, answer.body.title ?? answer.body.error ?? say(answer.status ? "failed" : "offline"));
}

function done(each, body) {
  each.state.textContent = body.state ?? say("done");
  if (body.url) each.row.querySelector(".name").replaceChildren(make("a", { class: "link", href: body.url }, body.title ?? each.file.name));
  if (body.note) each.row.append(make("small", {}, body.note));
}

function failed(each, sentence) {
  each.row.classList.add("bad");
  each.state.textContent = say("notdone");
  each.row.append(make("small", {}, sentence));
}

function post(zone, file, progress) {
  const body = new FormData(zone.closest("form"));
  const name = zone.querySelector("input[type=file]").name;
  body.delete(name);
  body.append(name, file);
  body.set("csrfmiddlewaretoken", token());
  body.set("request_key", crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", zone.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener("loadend", () => resolve({ ok: request.status >= 200 && request.status < 300, status: request.status, body: parsed(request.responseText) }));
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
