// The dispatch table: how many of the chosen rows are complete stands on the button; one popover open at a time.
const table = document.querySelector("table.disp[data-select]");

function propose() {
  const button = document.querySelector("[data-propose]");
  if (!button || !table) return;
  const chosen = [...table.querySelectorAll("tbody input.ck:checked")].map((box) => box.closest("tr"));
  const n = chosen.length ? chosen.filter((row) => row.hasAttribute("data-complete")).length : Number(button.dataset.all);
  button.textContent = button.dataset.label.replace("{n}", String(n));
  button.disabled = n === 0;
}

document.addEventListener("web:chosen", propose);
document.addEventListener("htmx:afterSettle", propose);
propose();
