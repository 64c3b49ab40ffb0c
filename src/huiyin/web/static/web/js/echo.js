// The echo view by keyboard: J and K go from demand to demand; a demand cut in pieces lights up whole.
export function echo(doc) {
  const demands = () => [...doc.querySelectorAll(".d[id]:not(.off)")];
  addEventListener("hashchange", () => light(doc));
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    go(demands(), step);
  });
  light(doc);
}

function go(list, step) {
  const here = list.findIndex((demand) => demand.id === location.hash.slice(1));
  const from = here < 0 ? list.findIndex((demand) => demand.classList.contains("sel")) : here;
  const next = list[Math.min(Math.max(from + step, 0), list.length - 1)];
  if (!next) return;
  location.hash = next.id;
  next.focus({ preventScroll: true });
}

function light(doc) {
  const id = location.hash.slice(1);
  for (const piece of doc.querySelectorAll(".d.also")) piece.classList.remove("also");
  if (!id) return;
  for (const piece of doc.querySelectorAll(`.d[data-of="${CSS.escape(id)}"]`)) piece.classList.toggle("also", piece.id !== id);
}
