// What the cells of a grid show. A cell is written to only when that changes.
import { cellText } from "./numbers.mjs";

// Few tints, and in the style sheet: cells that look alike share their style, which a style of their own
// forbids.
const TINTS = 20;
const PALE = 118; // the grey level from which letters on it are black
const PAINTS = ["", " negative"].map((sign) =>
  Array.from({ length: TINTS + 1 }, (_, tint) => (tint ? `cnn-t${tint}${sign}` : sign.trim())),
);

function shade(cell, level) {
  cell.dataset.level = level;
  cell.style.setProperty("--level", level);
  cell.toggleAttribute("data-pale", level > PALE);
}

function setText(entry, text) {
  if (entry.text === text) return;
  entry.text = text;
  entry.node.data = text;
}

/**
 * @param {object} grid
 * @param {ArrayLike<number>} data
 * @param {number} most - what has the full tint
 * @param {Function} [shadeOf]
 * @param {number} letters
 * @returns {number} how many letters the longest number needs
 */
export function write({ cells, blank, outside = "0" }, data, most, shadeOf, letters) {
  let longest = letters;
  const { numbers } = cells;
  const scale = most > 0 ? TINTS / most : 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const entry = numbers[index];
    const value = data[index];
    if (entry.value !== value) {
      entry.value = value;
      entry.cell.setAttribute("data-value", value);
      setText(entry, cellText(value));
      if (shadeOf) shade(entry.cell, Math.round(shadeOf(value)));
    }
    const tint = typeof most === "function" ? TINTS * most(index) : Math.abs(value) * scale;
    entry.tint = PAINTS[value < 0 ? 1 : 0][Math.min(TINTS, Math.round(tint))];
    dress(entry, entry.tint, entry.marks);
    if (entry.text.length > longest) longest = entry.text.length;
  }
  if (blank) return longest;
  for (const place of cells.frame) setText(place, place.origin < 0 ? outside : numbers[place.origin].text);
  return longest;
}

function dress(entry, own, marks) {
  const shown = marks && own ? `${own} ${marks}` : own || marks;
  if (entry.shown === shown) return;
  entry.shown = shown;
  entry.cell.className = shown;
}

function select(entry, selected) {
  if (entry.selected === selected) return;
  entry.selected = selected;
  entry.cell.setAttribute("aria-selected", selected);
}

/**
 * @param {object} cells
 * @param {(row: number, column: number, index: number) => string} classOf - names the marks of a cell
 * @param {number | null} pinned - the index of the one that is held
 */
export function mark({ numbers, frame, shape: [H, W] }, classOf, pinned) {
  for (let row = 0, index = 0; row < H; row += 1) {
    for (let column = 0; column < W; column += 1, index += 1) {
      const entry = numbers[index];
      entry.marks = classOf(row, column, index);
      dress(entry, entry.tint, entry.marks);
      select(entry, index === pinned);
    }
  }
  for (let k = 0; k < frame.length; k += 1) {
    const place = frame[k];
    dress(place, "padding", classOf(place.row, place.column, -1 - k));
    select(place, -1 - k === pinned);
  }
}
