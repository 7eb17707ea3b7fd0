// The cells of a grid: those of its numbers, and around them those of its padding. They are kept where the
// grid grows or shrinks, since nothing costs a page as much as new cells.
import { h, KEEP_KEYS } from "./dom.mjs";

// A cell with what it shows, so that it is written to only when that changes.
let blank;

function newNumber() {
  blank ??= h("td", { role: "gridcell", tabindex: "-1", ...KEEP_KEYS });
  return withText({ cell: blank.cloneNode(), value: NaN, tint: null });
}

const newPlace = () => withText({ cell: document.createElement("th"), row: 0, column: 0, origin: -1 });

function withText(entry) {
  const node = document.createTextNode("");
  entry.cell.append(node);
  return Object.assign(entry, { node, text: "", marks: "", selected: null });
}

// What makes a cell of the padding one that can be inspected, and what hides it.
const INSPECTED = Object.entries({ role: "gridcell", tabindex: "-1", ...KEEP_KEYS });
const ROW = [["role", "row"]];
const HIDDEN = [["aria-hidden", "true"]];

function dress(element, given, taken) {
  for (const [name] of taken) element.removeAttribute(name);
  for (const [name, value] of given) element.setAttribute(name, value);
}

// As many entries as wanted; `add` makes one more and puts it into the page.
function resize(entries, count, add) {
  while (entries.length > count) entries.pop().cell.remove();
  while (entries.length < count) entries.push(add());
}

export class GridCells {
  constructor() {
    this.body = h("tbody", { role: "rowgroup" });
    // lines: { row, numbers, left, right }, the padding's nearest cells first; above and below: { cell: row,
    // places }
    Object.assign(this, {
      shape: [0, 0],
      padding: 0,
      copies: false,
      lines: [],
      above: [],
      below: [],
      numbers: [],
      frame: [],
    });
  }

  fits([H, W], padding, copies) {
    return this.shape[0] === H && this.shape[1] === W && this.padding === padding && this.copies === copies;
  }

  fit([H, W], padding, copies) {
    const before = new Set(this.copies === copies ? this.frame : []);
    Object.assign(this, { shape: [H, W], padding, copies, indices: null });
    while (this.lines.length > H) this.lines.pop().row.remove();
    while (this.lines.length < H) this.lines.push(this.newLine());
    for (const { row, numbers, left, right } of this.lines) {
      resize(numbers, W, () => put(newNumber(), (cell) => row.insertBefore(cell, right[0]?.cell ?? null)));
      resize(left, padding, () => put(newPlace(), (cell) => row.prepend(cell)));
      resize(right, padding, () => put(newPlace(), (cell) => row.append(cell)));
    }
    resize(this.above, padding, () => put(newOutside(), (row) => this.body.prepend(row)));
    resize(this.below, padding, () => put(newOutside(), (row) => this.body.append(row)));
    for (const { cell: row, places } of [...this.above, ...this.below]) {
      resize(places, W + 2 * padding, () => put(newPlace(), (cell) => row.append(cell)));
      dress(row, copies ? ROW : HIDDEN, copies ? HIDDEN : ROW);
    }
    this.numbers = this.lines.flatMap(({ numbers }) => numbers);
    this.frame = this.numbered();
    for (const place of this.frame) {
      if (before.has(place)) continue;
      dress(place.cell, copies ? INSPECTED : HIDDEN, copies ? HIDDEN : INSPECTED);
      if (!copies && place.selected !== null) place.cell.removeAttribute("aria-selected");
      place.selected = null;
    }
  }

  newLine() {
    const row = h("tr", { role: "row" });
    this.body.insertBefore(row, this.below[0]?.cell ?? null);
    return { row, numbers: [], left: [], right: [] };
  }

  // The places of the padding in the order in which they are read, each told where it is.
  numbered() {
    const {
      shape: [H, W],
      padding: p,
    } = this;
    const outside = (line, row) =>
      line.places.map((place, k) => Object.assign(place, { row, column: k - p }));
    const beside = ({ left, right }, row) => [
      ...left.map((place, k) => Object.assign(place, { row, column: -1 - k })).reverse(),
      ...right.map((place, k) => Object.assign(place, { row, column: W + k })),
    ];
    return [
      ...this.above
        .map((line, k) => outside(line, -1 - k))
        .reverse()
        .flat(),
      ...this.lines.flatMap(beside),
      ...this.below.flatMap((line, k) => outside(line, H + k)),
    ];
  }

  // What stands at an index: place k of the padding has the index -1 - k.
  at(index) {
    return index >= 0 ? this.numbers[index] : this.copies ? this.frame[-1 - index] : undefined;
  }

  // The index of a row and a column, which count from the first number.
  index(row, column) {
    const {
      shape: [H, W],
      padding: p,
    } = this;
    const inside = column >= 0 && column < W;
    if (row >= 0 && row < H && inside) return row * W + column;
    const wide = W + 2 * p;
    if (row < 0) return -1 - ((row + p) * wide + column + p);
    if (row >= H) return -1 - (p * wide + H * 2 * p + (row - H) * wide + column + p);
    return -1 - (p * wide + row * 2 * p + (column < 0 ? column + p : column - W + p));
  }

  // The row and the column of an index.
  where(index) {
    if (index < 0) return this.frame[-1 - index];
    return { row: Math.floor(index / this.shape[1]), column: index % this.shape[1] };
  }

  // The index of the cell that an element lies in: null where there is nothing to inspect.
  indexOf(element) {
    this.indices ??= new Map([
      ...this.numbers.map(({ cell }, index) => [cell, index]),
      ...(this.copies ? this.frame.map(({ cell }, k) => [cell, -1 - k]) : []),
    ]);
    return this.indices.get(element.closest?.("td, th")) ?? null;
  }
}

const newOutside = () => ({ cell: document.createElement("tr"), places: [] });

function put(entry, into) {
  into(entry.cell);
  return entry;
}
