// An element with data-poll="URL" is replaced by the part at URL until that part comes without data-poll; slower when nothing changes.
import { send } from "./session.js";
import { make, say } from "./words.js";

const MOST = 30_000;
const GIVE_UP = 20; // failures in a row

export function poll(element, wait = Number(element.dataset.every ?? 1) * 1000, failures = 0) {
  setTimeout(() => look(element, wait, failures), wait);
}

async function look(element, wait, failures) {
  if (!element.isConnected) return;
  if (document.hidden) return poll(element, wait, failures);
  const html = await part(element.dataset.poll);
  if (html === null) return failures + 1 < GIVE_UP ? poll(element, Math.min(wait * 2, MOST), failures + 1) : stop(element);
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  if (!fresh) return stop(element);
  const same = fresh.outerHTML === element.dataset.pollText;
  swap(element, fresh, same ? Math.min(wait * 1.5, MOST) : Number(fresh.dataset.every ?? 1) * 1000);
}

async function part(url) {
  try {
    const answer = await send(url, { quiet: true });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

function swap(element, fresh, wait) {
  const next = document.importNode(fresh, true);
  const goes = next.hasAttribute("data-poll");
  if (goes) {
    next.dataset.pollText = fresh.outerHTML;
    next.dataset.live = "poll";
  }
  element.replaceWith(next);
  next.dispatchEvent(new CustomEvent("web:swapped", { bubbles: true }));
  if (goes) poll(next, wait);
  else if (next.dataset.then) location.assign(next.dataset.then);
}

function stop(element) {
  element.append(make("p", { class: "sm mut" }, say("stopped")));
}
