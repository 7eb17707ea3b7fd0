// The cells of a grid: those of its numbers, and around them those of its padding. They are kept where the
// grid grows or shrinks, since nothing costs a page as much as new cells.
import { h } from "./dom.mjs";

// New cells are copies of one of each kind; each stands with what it shows, so that it is written to only
// when that changes.
const ATTRIBUTES = { role: "gridcell", tabindex: "-1", "aria-selected": "false" };
let blanks;

function newEntry(kind, more) {
  blanks ??= { number: h("td", ATTRIBUTES), place: h("th", { ...ATTRIBUTES, class: "padding" }) };
  const cell = blanks[kind].cloneNode();
  const node = document.createTextNode("");
  cell.append(node);
  return { cell, node, text: "", selected: false, ...more };
}

const newNumber = () => newEntry("number", { value: NaN, tint: "", marks: "", shown: "" });
const newPlace = () => newEntry("place", { row: 0, column: 0, origin: -1, shown: "padding" });
const newRow = () => h("tr", { role: "row" });

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
    Object.assign(this, { lines: [], above: [], below: [], numbers: [], frame: [] });
    Object.assign(this, { shape: [0, 0], padding: 0 });
  }

  fits([H, W], padding) {
    return this.shape[0] === H && this.shape[1] === W && this.padding === padding;
  }

  // `before`: so many of the new rows and columns come before the old ones.
  fit([H, W], padding, before = 0) {
    Object.assign(this, { shape: [H, W], padding, indices: null });
    if (this.numbers.length) this.shift(before);
    while (this.lines.length > H) this.lines.pop().row.remove();
    while (this.lines.length < H) this.lines.push(this.newLine());
    for (const { row, numbers, left, right } of this.lines) {
      resize(numbers, W, () => put(newNumber(), (cell) => row.insertBefore(cell, right[0]?.cell ?? null)));
      resize(left, padding, () => put(newPlace(), (cell) => row.prepend(cell)));
      resize(right, padding, () => put(newPlace(), (cell) => row.append(cell)));
    }
    const outside = () => ({ cell: newRow(), places: [] });
    resize(this.above, padding, () => put(outside(), (row) => this.body.prepend(row)));
    resize(this.below, padding, () => put(outside(), (row) => this.body.append(row)));
    for (const { cell: row, places } of [...this.above, ...this.below])
      resize(places, W + 2 * padding, () => put(newPlace(), (cell) => row.append(cell)));
    this.numbers = this.lines.flatMap(({ numbers }) => numbers);
    this.frame = this.numbered();
  }

  newLine(next = this.below[0]?.cell) {
    const row = newRow();
    this.body.insertBefore(row, next ?? null);
    return { row, numbers: [], left: [], right: [] };
  }

  // More rows and columns at the beginning, or less.
  shift(before) {
    const { lines } = this;
    for (const line of lines) {
      for (let k = before; k < 0; k += 1) line.numbers.shift()?.cell.remove();
      for (let k = 0; k < before; k += 1) {
        const next = line.numbers[0].cell;
        line.numbers.unshift(put(newNumber(), (cell) => line.row.insertBefore(cell, next)));
      }
    }
    for (let k = before; k < 0; k += 1) lines.shift()?.row.remove();
    for (let k = 0; k < before; k += 1) lines.unshift(this.newLine(lines[0].row));
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
    return index >= 0 ? this.numbers[index] : this.frame[-1 - index];
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

  // The index of the cell that an element lies in, or null.
  indexOf(element) {
    this.indices ??= new Map([
      ...this.numbers.map(({ cell }, index) => [cell, index]),
      ...this.frame.map(({ cell }, k) => [cell, -1 - k]),
    ]);
    return this.indices.get(element.closest?.("td, th")) ?? null;
  }
}

function put(entry, into) {
  into(entry.cell);
  return entry;
}
