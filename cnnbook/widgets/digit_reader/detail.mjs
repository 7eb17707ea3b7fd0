// Where a number came from: its window, the weights, the products, and what each map gave.
import { largest } from "../shared/arrays.mjs";
import { h, setText, sign } from "../shared/dom.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { cameFrom, softened } from "./words.mjs";

const GRIDS = { window: "input", weights: "kernel", products: "output", "sums of the maps": "output" };

export class Detail {
  /** @param {{ reactions: (name: string) => any, choose: (map: number) => void }} owner */
  constructor({ reactions, choose }) {
    this.grids = {};
    for (const [name, role] of Object.entries(GRIDS)) {
      const on = reactions(name);
      if (name === "sums of the maps") {
        on.pin = choose;
        on.inspect = (index, how) => how === "focus" && index !== null && choose(index);
      }
      this.grids[name] = new NumberGrid({ name, role, on });
    }
    const [window, weights, products, sums] = Object.values(this.grids).map(({ element }) => element);
    this.signs = [sign("\u00b7"), sign("=")];
    this.title = h("h4", { class: "cnn-reader-title" });
    this.line = h("p", { class: "cnn-reader-line" });
    const row = h(
      "div",
      { class: "cnn-reader-row" },
      window,
      this.signs[0],
      weights,
      this.signs[1],
      products,
    );
    this.element = h("div", { class: "cnn-reader-detail" }, this.title, this.line, row, sums);
  }

  /**
   * @param {string} title
   * @param {import("./reading.mjs").Origin} origin
   * @param {number} from - the map whose window is shown
   */
  show(title, origin, from) {
    const { windows, weights, sums, shape, kind } = origin;
    const map = Math.min(from, windows.length - 1);
    const numbers = windows[map];
    this.put("window", shape, numbers);
    this.put("weights", shape, weights?.[map]);
    this.put("products", shape, weights && numbers.map((value, k) => value * weights[map][k]));
    this.put("sums of the maps", [Math.ceil(sums.length / 8), 8], sums.length > 1 ? sums : null);
    for (const one of this.signs) one.hidden = !weights;
    const winner = kind === "maxpool" ? numbers.indexOf(Math.max(...numbers)) : -1;
    this.grids.window.mark((_row, _column, index) => (index === winner ? "lit" : ""));
    this.grids["sums of the maps"].mark((_row, _column, index) => (index === map ? "lit" : ""), map);
    setText(this.title, title);
    setText(this.line, cameFrom(origin, map));
  }

  // A probability comes from all scores, which stand beside it.
  showProbability(title, digit, scores, probabilities) {
    for (const name of Object.keys(GRIDS)) this.grids[name].element.hidden = true;
    for (const one of this.signs) one.hidden = true;
    setText(this.title, title);
    setText(this.line, softened(scores[digit], probabilities[digit], scores));
  }

  put(name, shape, numbers) {
    const grid = this.grids[name];
    grid.element.hidden = !numbers;
    if (!numbers) return;
    grid.layOut(shape);
    grid.write(numbers, largest(numbers), null, 5);
  }
}
