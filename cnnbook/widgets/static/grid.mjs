// A grid of numbers: a table with one cell (td) a number. It is one tab stop; arrows move and inspect, Enter edits,
// Space pins, Escape lets go. A click or a tap pins; one more on the same cell edits it. What a grid shows is its owner's:
// the grid only tells what the reader did.
import { h, KEEP_KEYS } from "./dom.mjs";
import { cellText, parseNumber } from "./numbers.mjs";

const BOUND = 1e6;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class NumberGrid {
  // name: the accessible name; role: the colour; editable; on: { inspect(index or null), pin(index), release(), edit(index, value), say(text) }
  constructor({ name, role, editable = false, on }) {
    Object.assign(this, { name, editable, on });
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
    const indexOf = (event) => this.cells.indexOf(event.target.closest?.("td"));
    this.table.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") this.on.inspect(indexOf(event) < 0 ? null : indexOf(event), "hover");
    });
    this.table.addEventListener("pointerleave", () => this.on.inspect(null, "hover"));
    this.table.addEventListener("focusin", (event) => {
      const index = indexOf(event);
      if (index >= 0 && event.target === this.cells[index]) {
        this.moveTo(index);
        this.on.inspect(index, "focus");
      }
    });
    this.table.addEventListener("focusout", () => this.on.inspect(null, "focus"));
    this.table.addEventListener("click", (event) => {
      const index = indexOf(event);
      if (index < 0 || this.editor) return;
      const again = this.cells[index].getAttribute("aria-selected") === "true";
      this.focus(index);
      if (again && this.editable) this.edit(index);
      else if (again) this.on.release();
      else this.on.pin(index);
    });
    this.table.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (this.editor || event.altKey || event.metaKey) return;
    const [H, W] = this.shape;
    const row = Math.floor(this.current / W);
    const column = this.current % W;
    const far = event.ctrlKey;
    if (STEPS[event.key]) {
      const [down, right] = STEPS[event.key];
      const clamp = (value, size) => Math.min(size - 1, Math.max(0, value));
      this.focus(clamp(row + down * (far ? H : 1), H) * W + clamp(column + right * (far ? W : 1), W));
    } else if (event.key === "Home") this.focus(far ? 0 : row * W);
    else if (event.key === "End") this.focus(far ? H * W - 1 : row * W + W - 1);
    else if (event.key === " ") this.on.pin(this.current);
    else if (event.key === "Escape") this.on.release();
    else if ((event.key === "Enter" || event.key === "F2") && this.editable) this.edit(this.current);
    else if (/^[-\d.]$/.test(event.key) && this.editable && !far) this.edit(this.current, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  moveTo(index) {
    this.cells[this.current]?.setAttribute("tabindex", "-1");
    this.current = index;
    this.cells[index].setAttribute("tabindex", "0");
  }

  focus(index) {
    this.moveTo(index);
    this.cells[index].focus({ preventScroll: false });
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

  // Grow or shrink the table to a new shape, and keep the cells that stay. Padding is drawn, but it is no number of the array.
  layOut([H, W], padding = 0) {
    const plan = `${H},${W},${padding}`;
    if (plan === this.plan) return;
    this.editor?.blur();
    Object.assign(this, { plan, shape: [H, W] });
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
    this.moveTo(Math.min(this.current, H * W - 1));
  }

  pad(padding) {
    const [H, W] = this.shape;
    this.frame = [];
    const zero = (row, column) => {
      const cell = h("th", { "aria-hidden": "true" }, "0");
      this.frame.push({ row, column, cell, marks: "" });
      return cell;
    };
    const places = (from, to) => Array.from({ length: to - from }, (_, k) => from + k);
    const line = (row) => h("tr", { "aria-hidden": "true" }, places(-padding, W + padding).map((column) => zero(row, column)));
    const above = places(-padding, 0).map(line);
    const below = places(H, H + padding).map(line);
    this.outside = [...above, ...below];
    this.lines.forEach(({ row }, i) => {
      row.prepend(...places(-padding, 0).map((column) => zero(i, column)));
      row.append(...places(W, W + padding).map((column) => zero(i, column)));
    });
    this.body.prepend(...above);
    this.body.append(...below);
  }

  // Write the numbers. Each is tinted by its share of `most`, the largest magnitude, or by `most(index)`; or `shadeOf` gives its grey level.
  write(data, most, shadeOf = null) {
    let letters = 2;
    for (const [index, cell] of this.cells.entries()) {
      const value = data[index];
      const tint = typeof most === "function" ? most(index).toFixed(2) : most > 0 ? (Math.abs(value) / most).toFixed(2) : "0";
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
        cell.style.setProperty("--tint", tint);
      }
    }
    if (this.letters !== letters) {
      this.letters = letters;
      this.table.style.setProperty("--letters", letters);
    }
  }

  // Mark cells: `classOf(row, column, index)` names the marks of a cell, index -1 on the padding.
  mark(classOf, pinned = null) {
    const [, W] = this.shape;
    for (const [index, cell] of this.cells.entries()) {
      const shown = this.shown[index];
      const marks = classOf(Math.floor(index / W), index % W, index) + (shown.value < 0 ? " negative" : "");
      if (shown.marks !== marks) {
        shown.marks = marks;
        cell.className = marks;
      }
      if (shown.selected !== (index === pinned)) {
        shown.selected = index === pinned;
        cell.setAttribute("aria-selected", shown.selected);
      }
    }
    for (const place of this.frame) {
      const marks = `padding ${classOf(place.row, place.column, -1)}`;
      if (place.marks !== marks) {
        place.marks = marks;
        place.cell.className = marks;
      }
    }
  }
}

// A cell and what it shows: written to only when that changes.
let blank;

function newEntry(row) {
  blank ??= h("td", { tabindex: "-1", ...KEEP_KEYS });
  const cell = blank.cloneNode();
  row.append(cell);
  return { cell, value: NaN, text: "", tint: "", marks: "", selected: null };
}

function shade(cell, level) {
  cell.dataset.level = level;
  cell.style.setProperty("--level", level);
  cell.toggleAttribute("data-pale", level > 118);
}
