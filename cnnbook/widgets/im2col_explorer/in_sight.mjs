// What is lit is scrolled into view: in its own scroller, never the page.

/**
 * @param {{ table: HTMLElement, scroller: HTMLElement, shape: number[] }} grid
 * @param {(index: number) => boolean} isLit
 */
export function bringIntoView({ table, scroller, shape: [H, W] }, isLit) {
  const isLitColumn = (column) => Array.from({ length: H }, (_, i) => i * W + column).some(isLit);
  const columns = Array.from({ length: W }, (_, column) => column).filter(isLitColumn);
  const view = scroller.clientWidth;
  if (!columns.length || table.offsetWidth <= view) return;
  const wide = table.offsetWidth / W;
  const left = columns[0] * wide;
  let right = (columns.at(-1) + 1) * wide;
  if (right - left > view) right = left + wide; // not all of it at once: its beginning
  const from = scroller.scrollLeft;
  if (left < from) scroller.scrollLeft = left;
  else if (right > from + view) scroller.scrollLeft = right - view + 4;
}
