// A grid of numbers: a table with one cell (td) a number. It is one tab stop; arrows move and inspect, Enter edits,
// Space pins, Escape lets go. A click or a tap pins; one more on the same cell edits it. What a grid shows is its owner's:
// the grid only tells what the reader did. Padding is drawn around the numbers; where it copies some of them, it can be
// inspected too: place k of the frame has the index -1 - k.
import { h, KEEP_KEYS } from "./dom.mjs";
import { cellText, parseNumber } from "./numbers.mjs";

const BOUND = 1e6;
const TINTS = 20; // few, and in the style sheet: cells that look alike share their style, which a style of their own forbids
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class NumberGrid {
  // name: the accessible name; role: the colour; editable; blank: nothing written on the padding; on: { inspect(index or null), pin(index), release(), edit(index, value), say(text) }
  constructor({ name, role, editable = false, blank = false, on }) {
    Object.assign(this, { name, editable, blank, on });
    this.cells = [];
    Object.assign(this, { shown: [], frame: [], lines: [], outside: [] });
    this.body = h("tbody");
    this.current = 0;
    this.table = h("table", { class: `cnn-grid cnn-${role}`, role: "grid", "aria-label": name, "aria-readonly": String(!editable) }, this.body);
    this.caption = h("span", { class: "cnn-size" });
    this.element = h("figure", { class: "cnn-figure" }, h("figcaption", {}, h("b", {}, name), " ", this.caption),
      h("div", { class: "cnn-scroller" }, this.table));
    this.listen();
  }

  listen() {
    this.table.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") this.on.inspect(this.indexOf(event.target), "hover");
    });
    this.table.addEventListener("pointerleave", () => this.on.inspect(null, "hover"));
    this.table.addEventListener("focusin", (event) => {
      const index = this.indexOf(event.target);
      if (index !== null && event.target === this.cellAt(index)) {
        this.moveTo(index);
        this.on.inspect(index, "focus");
      }
    });
    // Later: what the owner shows then may move what a tap is about to hit.
    this.table.addEventListener("focusout", () => setTimeout(() => {
      if (!this.table.contains(document.activeElement)) this.on.inspect(null, "focus");
    }));
    this.table.addEventListener("click", (event) => {
      const index = this.indexOf(event.target);
      if (index === null || this.editor) return;
      const again = this.cellAt(index).getAttribute("aria-selected") === "true";
      this.focus(index);
      if (again && this.editable && index >= 0) this.edit(index);
      else if (again) this.on.release();
      else this.on.pin(index);
    });
    this.table.addEventListener("keydown", (event) => this.key(event));
  }

  // The cell with an index, and the index of the cell that an element lies in: null where there is nothing to inspect.
  cellAt(index) {
    return index < 0 ? this.frame[-1 - index].cell : this.cells[index];
  }

  indexOf(element) {
    const cell = element.closest?.("td, th");
    const index = this.cells.indexOf(cell);
    if (index >= 0) return index;
    const place = this.copies ? this.frame.findIndex((one) => one.cell === cell) : -1;
    return place < 0 ? null : -1 - place;
  }

  has(index) {
    return index < 0 ? this.copies && -index <= this.frame.length : index < this.cells.length;
  }

  at(row, column) {
    const [H, W] = this.shape;
    if (row >= 0 && row < H && column >= 0 && column < W) return row * W + column;
    return -1 - this.frame.findIndex((place) => place.row === row && place.column === column);
  }

  key(event) {
    if (this.editor || event.altKey || event.metaKey) return;
    const [H, W] = this.shape;
    const { row, column } = this.current < 0 ? this.frame[-1 - this.current] : { row: Math.floor(this.current / W), column: this.current % W };
    const far = event.ctrlKey;
    const own = this.editable && this.current >= 0;
    if (STEPS[event.key]) {
      const [down, right] = STEPS[event.key];
      const more = this.copies && !far ? this.padding : 0;
      const clamp = (value, size) => Math.min(size - 1 + more, Math.max(-more, value));
      this.focus(this.at(clamp(row + down * (far ? H : 1), H), clamp(column + right * (far ? W : 1), W)));
    } else if (event.key === "Home") this.focus(far ? 0 : this.at(row, 0));
    else if (event.key === "End") this.focus(far ? H * W - 1 : this.at(row, W - 1));
    else if (event.key === " ") this.on.pin(this.current);
    else if (event.key === "Escape") this.on.release();
    else if ((event.key === "Enter" || event.key === "F2") && own) this.edit(this.current);
    else if (/^[-\d.]$/.test(event.key) && own && !far) this.edit(this.current, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  moveTo(index) {
    if (this.has(this.current)) this.cellAt(this.current).setAttribute("tabindex", "-1");
    this.current = index;
    this.cellAt(index).setAttribute("tabindex", "0");
  }

  focus(index) {
    this.moveTo(index);
    this.cellAt(index).focus({ preventScroll: false });
  }

  edit(index, typed) {
    const cell = this.cells[index];
    const before = cell.dataset.value;
    const [row, column] = [Math.floor(index / this.shape[1]), index % this.shape[1]];
    const input = h("input", { class: "cnn-edit", type: "text", autocomplete: "off", "aria-label": `${this.name} row ${row}, column ${column}`, ...KEEP_KEYS });
    input.value = typed ?? before;
    this.editor = input;
    cell.replaceChildren(input);
    input.focus();
    if (typed === undefined) input.select();
    const close = (text) => {
      if (this.editor !== input) return;
      this.editor = null;
      cell.textContent = text;
    };
    const commit = () => {
      const { value, error } = parseNumber(input.value, BOUND);
      if (error) {
        input.setAttribute("aria-invalid", "true");
        this.on.say(`${error} The cell keeps ${before}.`);
        return false;
      }
      close(cellText(value));
      this.on.edit(index, value);
      return true;
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && commit()) this.focus(index);
      if (event.key === "Escape") {
        close(cellText(Number(before)));
        this.focus(index);
      }
    });
    input.addEventListener("blur", () => {
      if (this.editor === input && !commit()) close(cellText(Number(before)));
    });
  }

  // Grow or shrink the table to a new shape, and keep the cells that stay. Padding is drawn, but it is no number of the array:
  // `origin(row, column)` is the index of the number that it copies; without it, it is zeros.
  layOut([H, W], padding = 0, origin = null) {
    const copies = origin !== null && padding > 0;
    const plan = `${H},${W},${padding},${copies}`;
    if (plan !== this.plan) {
      this.editor?.blur();
      Object.assign(this, { plan, padding, copies, shape: [H, W] });
      for (const { cell } of this.frame) cell.remove();
      for (const line of this.outside) line.remove();
      while (this.lines.length > H) this.lines.pop().row.remove();
      while (this.lines.length < H) this.lines.push({ row: this.body.appendChild(h("tr")), entries: [] });
      for (const { row, entries } of this.lines) {
        while (entries.length > W) entries.pop().cell.remove();
        while (entries.length < W) entries.push(newEntry(row));
      }
      this.shown = this.lines.flatMap(({ entries }) => entries);
      this.cells = this.shown.map(({ cell }) => cell);
      this.pad(padding);
      this.table.style.setProperty("--columns", W + 2 * padding);
      this.caption.textContent = `${H} \u00d7 ${W}`;
      for (const cell of this.cells) if (cell.tabIndex === 0) cell.tabIndex = -1;
      this.moveTo(Math.max(0, Math.min(this.current, H * W - 1)));
    }
    for (const place of this.frame) place.origin = copies ? origin(place.row, place.column) : -1;
  }

  pad(padding) {
    const [H, W] = this.shape;
    const silent = this.copies ? {} : { "aria-hidden": "true" };
    const kind = this.copies ? { role: "gridcell", tabindex: "-1", ...KEEP_KEYS } : silent;
    this.frame = [];
    const added = (row, column) => {
      const cell = h("th", kind);
      this.frame.push({ row, column, cell, marks: "", text: "", selected: null });
      return cell;
    };
    const places = (from, to) => Array.from({ length: to - from }, (_, k) => from + k);
    const line = (row) => h("tr", silent, places(-padding, W + padding).map((column) => added(row, column)));
    const above = places(-padding, 0).map(line);
    const below = places(H, H + padding).map(line);
    this.outside = [...above, ...below];
    this.lines.forEach(({ row }, i) => {
      row.prepend(...places(-padding, 0).map((column) => added(i, column)));
      row.append(...places(W, W + padding).map((column) => added(i, column)));
    });
    this.body.prepend(...above);
    this.body.append(...below);
  }

  // Write the numbers. Each is tinted by its share of `most`, the largest magnitude, or by `most(index)`; or `shadeOf` gives its grey level.
  // There is room for `letters`, and for more where a number needs it.
  write(data, most, shadeOf = null, letters = 2) {
    for (const [index, cell] of this.cells.entries()) {
      const value = data[index];
      const share = typeof most === "function" ? most(index) : most > 0 ? Math.abs(value) / most : 0;
      const tint = Math.round(TINTS * share);
      const shown = this.shown[index];
      if (shown.value !== value) {
        shown.value = value;
        shown.text = cellText(value);
        cell.dataset.value = value;
        if (!cell.contains(this.editor)) cell.textContent = shown.text;
        if (shadeOf) shade(cell, Math.round(shadeOf(value)));
      }
      letters = Math.max(letters, shown.text.length);
      if (shown.tint !== tint) {
        shown.tint = tint;
        cell.dataset.tint = tint;
      }
    }
    for (const place of this.frame) {
      const number = place.origin < 0 ? "0" : this.shown[place.origin].text;
      const text = this.blank ? "" : number;
      if (place.text !== text) {
        place.text = text;
        place.cell.textContent = text;
      }
    }
    if (this.letters !== letters) {
      this.letters = letters;
      this.table.style.setProperty("--letters", letters);
    }
  }

  // Mark cells: `classOf(row, column, index)` names the marks of a cell; the index is below 0 on the padding.
  mark(classOf, pinned = null) {
    const [, W] = this.shape;
    const dress = (shown, cell, index, marks) => {
      if (shown.marks !== marks) {
        shown.marks = marks;
        cell.className = marks;
      }
      if (shown.selected !== (index === pinned)) {
        shown.selected = index === pinned;
        cell.setAttribute("aria-selected", shown.selected);
      }
    };
    for (const [index, cell] of this.cells.entries()) {
      const shown = this.shown[index];
      dress(shown, cell, index, classOf(Math.floor(index / W), index % W, index) + (shown.value < 0 ? " negative" : ""));
    }
    for (const [k, place] of this.frame.entries()) {
      if (!this.copies) place.selected = -1 - k === pinned;
      dress(place, place.cell, -1 - k, `padding ${classOf(place.row, place.column, -1 - k)}`);
    }
  }
}

// A cell and what it shows: written to only when that changes.
let blank;

function newEntry(row) {
  blank ??= h("td", { tabindex: "-1", ...KEEP_KEYS });
  const cell = blank.cloneNode();
  row.append(cell);
  return { cell, value: NaN, text: "", tint: null, marks: "", selected: null };
}

function shade(cell, level) {
  cell.dataset.level = level;
  cell.style.setProperty("--level", level);
  cell.toggleAttribute("data-pale", level > 118);
}
