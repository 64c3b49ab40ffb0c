// Boot: enhance the page, then every part that htmx brings.
import { enhance } from "./start.js";

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.target));
document.addEventListener("web:swapped", (event) => enhance(event.target));
