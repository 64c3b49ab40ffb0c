// Starts the shared behaviour; each module marks what it has enhanced, so that parts swapped in later work too.
import { enhance } from "./start.js";

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.target));
