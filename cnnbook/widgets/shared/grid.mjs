// A grid of numbers: a table with one cell (td) a number. What it shows is its owner's: the grid only tells
// what the reader did. Padding is drawn around the numbers, and can be inspected too, with indices below 0.
// The parts: grid_cells.mjs (which cells there are), grid_keys.mjs (mouse, touch and keyboard),
// grid_editor.mjs (a number is typed), grid_paint.mjs (numbers, tints and marks).
import { h, setText } from "./dom.mjs";
import { GridCells } from "./grid_cells.mjs";
import { edit } from "./grid_editor.mjs";
import { listen } from "./grid_keys.mjs";
import { mark, write } from "./grid_paint.mjs";

export class NumberGrid {
  /**
   * @param {object} grid
   * @param {string} grid.name - the accessible name
   * @param {string} grid.role - the colour
   * @param {boolean} [grid.editable]
   * @param {boolean} [grid.blank] - nothing is written on the padding; else what stands there is `outside`,
   * "0" unless its owner sets it
   * @param {object} grid.on - inspect(index or null, "hover" or "focus"), pin(index), release(),
   * edit(index, value), say(text)
   */
  constructor({ name, role, editable = false, blank = false, on }) {
    Object.assign(this, { name, editable, blank, on, editor: null, current: 0 });
    this.cells = new GridCells();
    this.table = h(
      "table",
      { class: `cnn-grid cnn-${role}`, role: "grid", "aria-label": name, "aria-readonly": String(!editable) },
      this.cells.body,
    );
    this.caption = h("span", { class: "cnn-size" });
    this.title = h("b", {}, name);
    this.scroller = h("div", { class: "cnn-scroller" }, this.table);
    this.element = h(
      "figure",
      { class: "cnn-figure" },
      h("figcaption", {}, this.title, " ", this.caption),
      this.scroller,
    );
    this.table.classList.toggle("cnn-blank", blank);
    listen(this);
  }

  // Another name, for other numbers in the same cells.
  become({ name, editable, blank }) {
    if (this.name === name) return;
    this.editor?.blur();
    Object.assign(this, { name, editable, blank });
    this.table.classList.toggle("cnn-blank", blank);
    this.title.textContent = name;
    this.table.setAttribute("aria-label", name);
    this.table.setAttribute("aria-readonly", String(!editable));
  }

  get shape() {
    return this.cells.shape;
  }

  has(index) {
    return this.cells.at(index) !== undefined;
  }

  // Grow or shrink to a new shape. Padding is drawn, but it is no number of the array: `origin(row, column)`
  // is the index of the number that it copies; without it, it is zeros. `size`: what the caption says of it.
  // `before`: how many rows and columns come before those that are there.
  layOut([H, W], padding = 0, origin = null, size = `${H} \u00d7 ${W}`, before = 0) {
    const frame = padding ? `, with frame ${H + 2 * padding} \u00d7 ${W + 2 * padding}` : "";
    setText(this.caption, size + frame);
    if (!this.cells.fits([H, W], padding)) {
      this.editor?.blur();
      this.cells.fit([H, W], padding, before);
      this.table.style.setProperty("--columns", W + 2 * padding);
      this.moveTo(Math.max(0, Math.min(this.current, H * W - 1)));
    }
    for (const place of this.cells.frame) place.origin = origin ? origin(place.row, place.column) : -1;
  }

  // Write the numbers. Each is tinted by its share of `most`, the largest magnitude, or by `most(index)`; or
  // `shadeOf` gives its grey level. There is room for `letters`, and for more where a number needs it.
  write(data, most, shadeOf = null, letters = 2) {
    const needed = write(this, data, most, shadeOf, letters);
    if (this.letters === needed) return;
    this.letters = needed;
    this.table.style.setProperty("--letters", needed);
  }

  // Mark cells: `classOf(row, column, index)` names the marks of a cell.
  mark(classOf, pinned = null) {
    mark(this.cells, classOf, pinned);
  }

  // The one cell that the Tab key reaches.
  moveTo(index) {
    const { cell } = this.cells.at(index);
    if (this.tabStop !== cell) {
      this.tabStop?.setAttribute("tabindex", "-1");
      cell.setAttribute("tabindex", "0");
      this.tabStop = cell;
    }
    this.current = index;
  }

  focus(index) {
    this.moveTo(index);
    this.tabStop.focus({ preventScroll: false });
  }

  edit(index, typed) {
    edit(this, index, typed);
  }
}
