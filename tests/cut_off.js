// What a reader cannot see: text and pictures that end outside the viewport or behind an ancestor's edge,
// unless a scroller that can take the focus, or whose grid's cells can, brings them back. Returns a line for each.
() => {
  const viewport = { left: 0, right: document.documentElement.clientWidth };
  const sticksOut = (rect, box) => rect.width > 1 && (rect.right > box.right + 1 || rect.left < box.left - 1);
  const nameOf = (element) =>
    element.localName + (element.id ? `#${element.id}` : "") + [...element.classList].map((name) => `.${name}`).join("");

  function placeOf(element) {
    const names = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) names.unshift(nameOf(at));
    return names.slice(-5).join(" > ");
  }

  function cutOffBy(element, rect) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible") continue;
      const box = at.getBoundingClientRect();
      if (box.width <= 1 || style.clip !== "auto") return null; // only for screen readers
      if (!sticksOut(rect, box)) continue;
      if (!["auto", "scroll"].includes(style.overflowX)) return `behind the edge of ${nameOf(at)}`;
      if (at.tabIndex < 0 && !at.querySelector('[role="grid"] [tabindex="0"]')) return `in ${nameOf(at)}, which scrolls but cannot take the focus`;
      rect = box;
    }
    return sticksOut(rect, viewport) ? `outside the viewport of ${viewport.right} pixels` : null;
  }

  const found = new Set();
  function look(element, rects, what) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    for (const rect of rects) {
      const where = cutOffBy(element, rect);
      if (where) found.add(`${what} ends at ${Math.round(rect.right)}, ${where}: ${placeOf(element)}`);
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    if (!text.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    look(text.parentElement, range.getClientRects(), `"${text.data.trim().slice(0, 30)}"`);
  }
  for (const element of document.querySelectorAll("img, svg, canvas, video, input, button, select, textarea, td, th, mjx-c"))
    look(element, [element.getBoundingClientRect()], nameOf(element));
  return [...found];
};
