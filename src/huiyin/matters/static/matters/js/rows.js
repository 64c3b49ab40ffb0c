// “加一行”: another blank row like the last one, for forms with as many rows as one likes.
for (const table of document.querySelectorAll("[data-rows]")) {
  const button = table.parentElement.querySelector("[data-add-row]");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const rows = table.querySelectorAll("[data-row]");
    const row = rows[rows.length - 1].cloneNode(true);
    for (const input of row.querySelectorAll("input")) {
      if (input.type === "checkbox") input.checked = false;
      input.value = input.type === "checkbox" ? String(rows.length) : "";
      input.removeAttribute("aria-invalid");
    }
    for (const error of row.querySelectorAll(".err")) error.remove();
    rows[rows.length - 1].after(row);
    row.querySelector("input").focus();
  });
}
