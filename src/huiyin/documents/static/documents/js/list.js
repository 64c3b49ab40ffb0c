// The list asks for its rows again once files have been uploaded; from then on it polls by itself until they are read.
import { send } from "../../web/js/session.js";

document.addEventListener("web:uploaded", refresh);

async function refresh() {
  const list = document.getElementById("documents");
  if (!list) return;
  const answer = await send(list.dataset.url, { quiet: true });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  if (!fresh) return;
  const next = document.importNode(fresh, true);
  list.replaceWith(next);
  next.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
}
