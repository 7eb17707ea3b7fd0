// What a training shows beside its curves: the filters, one digit and how it is read, the digits read wrong.
import { h, setText } from "../shared/dom.mjs";
import { above, around, Tile } from "./tiles.mjs";
import { named } from "./words.mjs";

const [KERNEL, MAP] = [9, 64]; // numbers
const MOST = 16; // wrong digits that are shown

const panel = (name, caption, shown) =>
  h(
    "figure",
    { class: "cnn-figure" },
    h("figcaption", {}, name.nodeType ? name : h("b", {}, name), " ", caption),
    shown,
  );

// The kernels of the first layer, each over what it makes of the digit.
export class Filters {
  constructor() {
    this.columns = [];
    this.shown = h("div", { class: "cnn-filters", role: "img" });
    const caption = "each kernel, and what it makes of the digit";
    this.element = panel("first layer", h("span", { class: "cnn-size" }, caption), this.shown);
  }

  /** @param {number} count */
  layOut(count) {
    if (this.columns.length === count) return;
    this.columns = Array.from({ length: count }, () => [new Tile(3), new Tile(8)]);
    const shown = this.columns.map((tiles) => h("div", {}, ...tiles.map((tile) => tile.element)));
    this.shown.replaceChildren(...shown);
    const name = `${count} kernels of the first layer, and what each makes of the digit`;
    this.shown.setAttribute("aria-label", name);
  }

  draw(kernels, maps) {
    const [dark, bright] = [around(kernels), above(maps)];
    for (const [k, [kernel, map]] of this.columns.entries()) {
      kernel.draw(kernels.subarray(KERNEL * k, KERNEL * (k + 1)), dark);
      map.draw(maps.subarray(MAP * k, MAP * (k + 1)), bright);
    }
  }
}

// The digit that is looked into, and the probabilities in per cent.
export class Reading {
  constructor() {
    this.tile = new Tile(8);
    this.tile.element.removeAttribute("aria-hidden");
    this.tile.element.setAttribute("role", "img");
    this.cells = Array.from({ length: 10 }, () => h("td", {}));
    const heads = this.cells.map((_, digit) => h("th", { scope: "col" }, String(digit)));
    const body = h("tbody", {}, h("tr", {}, heads), h("tr", {}, this.cells));
    const style = "--columns:10;--letters:3";
    const table = h("table", { class: "cnn-grid cnn-output", "aria-label": "probabilities, %", style }, body);
    this.title = h("b", {});
    const caption = h("span", { class: "cnn-size" }, "and its probabilities, in per cent");
    this.element = panel(
      this.title,
      caption,
      h("div", { class: "cnn-train-reading" }, this.tile.element, table),
    );
  }

  draw(x, label, probabilities) {
    this.tile.draw(x, { low: 0, high: 1 });
    this.tile.element.setAttribute("aria-label", `a held-out ${label}`);
    setText(this.title, named(label));
    for (const [digit, cell] of this.cells.entries()) {
      setText(cell, String(Math.round(100 * probabilities[digit])));
      cell.style.setProperty("--tint", probabilities[digit].toFixed(2));
      cell.classList.toggle("lit", digit === label);
    }
  }
}

// The digits that are read wrong: a click looks into one.
export class Wrong {
  /** @param {(row: number) => void} onPick */
  constructor(onPick) {
    this.onPick = onPick;
    this.count = h("span", { class: "cnn-size" });
    this.tiles = Array.from({ length: MOST }, () => new Tile(8));
    this.texts = this.tiles.map(() => h("span", {}));
    this.rows = [];
    this.places = this.tiles.map((tile, k) =>
      h("div", { class: "cnn-mistake", hidden: true }, tile.element, this.texts[k]),
    );
    for (const [k, place] of this.places.entries())
      place.addEventListener("click", () => this.onPick(this.rows[k]));
    this.element = panel("read wrong", this.count, h("div", { class: "cnn-mistakes" }, this.places));
  }

  draw({ x, y }, read) {
    this.rows = Array.from(y, (_, row) => row).filter((row) => read[row] !== y[row]);
    const more = this.rows.length > MOST ? ", the first of them here" : "";
    setText(this.count, `${this.rows.length} of ${y.length}${more}`);
    for (const [k, place] of this.places.entries()) {
      const row = this.rows[k];
      place.hidden = row === undefined;
      if (row === undefined) continue;
      this.tiles[k].draw(x.subarray(MAP * row, MAP * (row + 1)), { low: 0, high: 1 });
      setText(this.texts[k], `${y[row]} as ${read[row]}`);
    }
  }

  // The next wrong one after a row, from the first again after the last.
  after(row) {
    return this.rows.find((one) => one > row) ?? this.rows[0];
  }
}
