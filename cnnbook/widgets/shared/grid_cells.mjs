// The cells of a grid: those of its numbers, and around them those of its padding. They are kept where the
// grid grows or shrinks, since nothing costs a page as much as new cells.
import { h } from "./dom.mjs";

// New cells are copies of one of each kind; each stands with what it shows, so that it is written to only
// when that changes.
const ATTRIBUTES = { role: "gridcell", tabindex: "-1", "aria-selected": "false" };
let blanks;

function blank(tag, more = {}) {
  const cell = h(tag, { ...ATTRIBUTES, ...more });
  cell.append("");
  return cell;
}

function newEntry(kind, more) {
  blanks ??= { number: blank("td"), place: blank("th", { class: "padding" }), row: h("tr", { role: "row" }) };
  const cell = blanks[kind].cloneNode(true);
  return { cell, node: cell.firstChild, text: "", selected: false, ...more };
}

const newNumber = () => newEntry("number", { value: NaN, tint: "", marks: "", shown: "" });
const newPlace = () => newEntry("place", { row: 0, column: 0, origin: -1, shown: "padding" });
const newRow = () => newEntry("row").cell;
const newLine = () => ({ row: newRow(), numbers: [], left: [], right: [] });

// As many entries as wanted; `put` puts the new ones into the page, all at once.
function resize(entries, count, make, put) {
  while (entries.length > count) entries.pop().cell.remove();
  const more = Array.from({ length: count - entries.length }, make);
  if (!more.length) return;
  entries.push(...more);
  put(more.map(({ cell }) => cell));
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
    while (this.lines.length < H) this.lines.push(newLine());
    for (const { row, numbers, left, right } of this.lines) {
      resize(numbers, W, newNumber, (cells) =>
        right.length ? right[0].cell.before(...cells) : row.append(...cells),
      );
      resize(left, padding, newPlace, (cells) => row.prepend(...cells.reverse()));
      resize(right, padding, newPlace, (cells) => row.append(...cells));
    }
    this.attach();
    for (const [lines, put] of [
      [this.above, (rows) => this.body.prepend(...rows.reverse())],
      [this.below, (rows) => this.body.append(...rows)],
    ]) {
      for (const { cell: row, places } of lines.slice(0, padding)) this.widen(row, places);
      resize(lines, padding, () => this.outside(), put);
    }
    this.numbers = this.lines.flatMap(({ numbers }) => numbers);
    this.frame = this.numbered();
  }

  // A row of padding above or below.
  outside() {
    const [cell, places] = [newRow(), []];
    this.widen(cell, places);
    return { cell, places };
  }

  widen(row, places) {
    const wide = this.shape[1] + 2 * this.padding;
    resize(places, wide, newPlace, (cells) => row.append(...cells));
  }

  // New rows go into the page when they are full.
  attach() {
    let next = this.below[0]?.cell ?? null;
    for (const { row } of this.lines.slice().reverse()) {
      if (!row.parentNode) this.body.insertBefore(row, next);
      next = row;
    }
  }

  // More rows and columns at the beginning, or less.
  shift(before) {
    const { lines } = this;
    for (const line of lines) {
      for (let k = before; k < 0; k += 1) line.numbers.shift()?.cell.remove();
      for (let k = 0; k < before; k += 1) {
        const entry = newNumber();
        line.numbers[0].cell.before(entry.cell);
        line.numbers.unshift(entry);
      }
    }
    for (let k = before; k < 0; k += 1) lines.shift()?.row.remove();
    for (let k = 0; k < before; k += 1) lines.unshift(newLine());
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
