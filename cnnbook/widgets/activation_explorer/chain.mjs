// The sizes of signal and gradient, layer by layer, on a scale of powers of ten; and as a table.
import { h, setText, svg } from "../shared/dom.mjs";
import { withMinus } from "../shared/numbers.mjs";
import { keyOf } from "./key.mjs";

const LAYERS = 20;
const [LEFT, TOP, WIDE, HIGH, MOST] = [90, 12, 534, 220, 12];
const across = (layer) => LEFT + (WIDE * (layer - 1)) / (LAYERS - 1);
const down = (size) => TOP + HIGH * (0.5 - Math.min(MOST, Math.max(-MOST, Math.log10(size))) / (2 * MOST));

// Two digits, as a power of ten where it is far from 1.
/**
 * @param {number} number
 * @returns {string}
 */
export function short(number) {
  if (number >= 1e-3 && number < 1e4)
    return number < 10 ? String(Number(number.toPrecision(2))) : number.toFixed(0);
  const [digits, exponent] = number.toExponential(1).split("e");
  return `${digits}e${Number(exponent)}`;
}

export class Chain {
  constructor() {
    const levels = [-12, -9, -6, -3, 0, 3, 6, 9, 12];
    const words = levels.map((n) =>
      svg(
        "text",
        { x: LEFT - 8, y: down(10 ** n) + 4, class: "cnn-tick cnn-tick-left" },
        n === 0 ? "1" : `1e${withMinus(n)}`,
      ),
    );
    const numbers = [1, 5, 10, 15, 20].map((n) =>
      svg("text", { x: across(n), y: TOP + HIGH + 24, class: "cnn-tick" }, String(n)),
    );
    const grid = levels.map((n) => `M${LEFT} ${down(10 ** n)}L${LEFT + WIDE} ${down(10 ** n)}`).join("");
    const both = (kind) => ({
      signal: svg("path", { class: `${kind} cnn-signal` }),
      gradient: svg("path", { class: `${kind} cnn-back` }),
    });
    this.lines = both("cnn-curve");
    this.marks = both("cnn-marks");
    this.drawing = svg(
      "svg",
      { viewBox: "0 0 640 262", role: "img", class: "cnn-bend-chain", "aria-label": "sizes, layer by layer" },
      svg("path", { d: grid, class: "cnn-grid-line" }),
      svg("path", { d: `M${LEFT} ${down(1)}L${LEFT + WIDE} ${down(1)}`, class: "cnn-axis" }),
      ...words,
      ...numbers,
      ...Object.values(this.lines),
      ...Object.values(this.marks),
    );
    const row = (name, role) => {
      const cells = Array.from({ length: LAYERS }, () => h("td"));
      return { cells, row: h("tr", {}, h("th", { scope: "row" }, keyOf(role), name), cells) };
    };
    this.heads = Array.from({ length: LAYERS }, (_, k) => h("th", { scope: "col" }, String(k + 1)));
    this.rows = { signal: row("signal", "cnn-signal"), gradient: row("gradient", "cnn-back") };
    const head = h("tr", {}, h("th", { scope: "col" }, "layer"), this.heads);
    const body = h("tbody", {}, this.rows.signal.row, this.rows.gradient.row);
    const table = h("table", { class: "cnn-bend-table", "aria-label": "sizes" }, h("thead", {}, head), body);
    const scroller = { class: "cnn-scroller", tabindex: 0, role: "group", "aria-label": "sizes" };
    this.element = h("div", {}, this.drawing, h("div", scroller, table));
  }

  /** @param {{ signal: number[], gradient: number[] }} sizes */
  update(sizes) {
    for (const [name, line] of Object.entries(sizes)) {
      const places = line.map((size, k) => `${across(k + 1).toFixed(1)} ${down(size).toFixed(1)}`);
      this.lines[name].setAttribute("d", `M${places.join("L")}`);
      const mark = name === "signal" ? "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0" : "m-3 -3h6v6h-6z";
      this.marks[name].setAttribute("d", places.map((place) => `M${place}${mark}`).join(""));
      this.rows[name].cells.forEach((cell, k) => {
        cell.hidden = k >= line.length;
        this.heads[k].hidden = cell.hidden;
        setText(cell, cell.hidden ? "" : short(line[k]));
        cell.dataset.value = line[k] ?? "";
      });
    }
  }
}
