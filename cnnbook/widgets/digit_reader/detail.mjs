// Where a number came from: its window, the weights, the products, and what each map gave.
import { largest } from "../shared/arrays.mjs";
import { h, setText, sign, withSign } from "../shared/dom.mjs";
import { cameFrom, softened } from "./words.mjs";

const GRIDS = { window: "input", weights: "kernel", products: "output", "sums of the maps": "output" };

export class Detail {
  /** @param {(name: string, role: string) => any} grid - makes one */
  constructor(grid) {
    this.grids = Object.fromEntries(Object.entries(GRIDS).map(([name, role]) => [name, grid(name, role)]));
    const [window, weights, products, sums] = Object.values(this.grids).map(({ element }) => element);
    this.signs = [sign("\u00b7"), sign("=")];
    this.title = h("b", {});
    this.line = h("span", {});
    const product = h("div", { class: "cnn-reader-row" }, window, this.signs[0], weights);
    const row = h("div", { class: "cnn-reader-row" }, product, withSign(this.signs[1], products), sums);
    const text = h("p", { class: "cnn-reader-line" }, this.title, this.line);
    this.element = h("div", { class: "cnn-reader-detail" }, text, row);
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
    this.put("sums of the maps", [Math.ceil(sums.length / 4), 4], sums.length > 1 ? sums : null);
    for (const one of this.signs) one.hidden = !weights;
    const winner = kind === "maxpool" ? numbers.indexOf(Math.max(...numbers)) : -1;
    this.grids.window.mark((_row, _column, index) => (index === winner ? "lit" : ""));
    this.grids["sums of the maps"].mark((_row, _column, index) => (index === map ? "lit" : ""), map);
    setText(this.title, title);
    setText(this.line, `: ${cameFrom(origin, map)}`);
  }

  // A probability comes from all scores, which stand beside it.
  showProbability(digit, scores, probabilities) {
    for (const name of Object.keys(GRIDS)) this.grids[name].element.hidden = true;
    for (const one of this.signs) one.hidden = true;
    setText(this.title, `probability of ${digit}`);
    setText(this.line, `: ${softened(scores[digit], probabilities[digit], scores)}`);
  }

  get text() {
    return `${this.title.textContent}${this.line.textContent}`;
  }

  put(name, shape, numbers) {
    const grid = this.grids[name];
    grid.element.hidden = !numbers;
    if (!numbers) return;
    grid.layOut(shape);
    grid.write(numbers, largest(numbers), null, 5);
  }
}
