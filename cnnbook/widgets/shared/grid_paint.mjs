// What the cells of a grid show. A cell is written to only when that changes.
import { cellText } from "./numbers.mjs";

// Few tints, and in the style sheet: cells that look alike share their style, which a style of their own
// forbids.
const TINTS = 20;
const PALE = 118; // the grey level from which letters on it are black

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

// The numbers and their tints; returns how many letters the longest needs.
export function write({ cells, blank }, data, most, shadeOf, letters) {
  let longest = letters;
  for (const [index, entry] of cells.numbers.entries()) {
    const value = data[index];
    const share = typeof most === "function" ? most(index) : most > 0 ? Math.abs(value) / most : 0;
    const tint = Math.round(TINTS * share);
    if (entry.value !== value) {
      entry.value = value;
      entry.cell.dataset.value = value;
      setText(entry, cellText(value));
      if (shadeOf) shade(entry.cell, Math.round(shadeOf(value)));
    }
    if (entry.tint !== tint) {
      entry.tint = tint;
      entry.cell.dataset.tint = tint;
    }
    longest = Math.max(longest, entry.text.length);
  }
  for (const place of cells.frame) {
    const number = place.origin < 0 ? "0" : cells.numbers[place.origin].text;
    setText(place, blank ? "" : number);
  }
  return longest;
}

function dress(entry, marks, selected) {
  if (entry.marks !== marks) {
    entry.marks = marks;
    entry.cell.className = marks;
  }
  if (entry.selected !== selected) {
    entry.selected = selected;
    entry.cell.setAttribute("aria-selected", selected);
  }
}

// `classOf(row, column, index)` names the marks of a cell; `pinned` is the index of the one that is held.
export function mark({ numbers, frame, shape: [, W], copies }, classOf, pinned) {
  for (const [index, entry] of numbers.entries()) {
    const marks = classOf(Math.floor(index / W), index % W, index);
    dress(entry, entry.value < 0 ? `${marks} negative` : marks, index === pinned);
  }
  for (const [k, place] of frame.entries()) {
    const marks = `padding ${classOf(place.row, place.column, -1 - k)}`;
    dress(place, marks, copies ? -1 - k === pinned : null);
  }
}
