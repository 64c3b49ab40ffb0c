// Offsets of the office are code points; a browser counts UTF-16 units. Text that shows the words of a document stands in
// elements with data-text="START" (code points from the document's beginning); [data-skip] inside them is not text.
export function toCodePoints(text, units) {
  let points = 0;
  for (let index = 0; index < units && index < text.length; points += 1) index += text.codePointAt(index) > 0xffff ? 2 : 1;
  return points;
}

export function toUnits(text, points) {
  let index = 0;
  for (let count = 0; count < points && index < text.length; count += 1) index += text.codePointAt(index) > 0xffff ? 2 : 1;
  return index;
}

// The code-point extent {start, end} of a selection inside [data-text], or null when it touches none.
export function extent(selection = window.getSelection()) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const ends = [];
  for (const piece of pieces(range.commonAncestorContainer)) {
    if (!range.intersectsNode(piece)) continue;
    const [from, to] = inside(range, piece);
    if (to > from) ends.push(from, to);
  }
  return ends.length ? { start: Math.min(...ends), end: Math.max(...ends) } : null;
}

function pieces(node) {
  const root = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const own = root.closest("[data-text]");
  return own ? [own] : [...root.querySelectorAll("[data-text]")].filter((piece) => !piece.querySelector("[data-text]"));
}

function inside(range, piece) {
  const base = Number(piece.dataset.text);
  let before = 0;
  let from = null;
  let to = null;
  for (const node of textNodes(piece)) {
    const length = toCodePoints(node.data, node.data.length);
    if (range.intersectsNode(node)) {
      const start = node === range.startContainer ? toCodePoints(node.data, range.startOffset) : 0;
      const end = node === range.endContainer ? toCodePoints(node.data, range.endOffset) : length;
      if (end > start) {
        from ??= base + before + start;
        to = base + before + end;
      }
    }
    before += length;
  }
  return [from ?? 0, to ?? 0];
}

function textNodes(piece) {
  const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("[data-skip]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
