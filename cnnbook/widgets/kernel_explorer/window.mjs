// One window of a picture as numbers: the window, the kernel on it, their products, the sum, and the pixel
// that it becomes.
import { largest } from "../shared/arrays.mjs";
import { h, setText, sign, withSign } from "../shared/dom.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { proseText } from "../shared/numbers.mjs";

export class WindowView {
  /** @param {(name: string) => object} reactions - what a grid of that name reports */
  constructor(reactions) {
    const grid = (name, role, editable = false) =>
      new NumberGrid({ name, role, editable, on: reactions(name) });
    this.window = grid("window", "input cnn-shade");
    this.kernel = grid("kernel", "kernel", true);
    this.products = grid("products", "output");
    this.sum = h("span", { class: "cnn-sum" });
    this.swatch = h("span", { class: "cnn-swatch", "aria-hidden": "true" });
    this.element = h(
      "div",
      { class: "cnn-stage cnn-close" },
      this.window.element,
      withSign(sign("\u2299"), this.kernel.element),
      withSign(sign("="), this.products.element),
      withSign(sign("\u2192"), h("div", { class: "cnn-pixel" }, this.sum, this.swatch)),
    );
  }

  // Show a window, and return a sentence about the product that the reader looks at.
  show({ row, column, channel, source, kernel, applied, flip, sums, levels, look }) {
    const [K_h, K_w] = kernel.shape;
    const count = K_h * K_w;
    const width = source.shape[1];
    const plane = source.planes[channel];
    const window = Float64Array.from(
      { length: count },
      (_, i) => plane[(row + Math.floor(i / K_w)) * width + column + (i % K_w)],
    );
    const products = window.map((value, i) => value * applied[i]);
    for (const grid of [this.window, this.kernel, this.products]) grid.layOut(kernel.shape);
    this.element.dataset.columns = K_w;
    this.window.write(window, 0, (value) => (255 * value) / source.white);
    this.kernel.write(kernel.data, largest(kernel.data));
    this.products.write(products, largest(products));

    const flipped = (index) => (flip ? count - 1 - index : index);
    look.keep(({ index }) => index < count);
    const { at } = look;
    const place = at && (at.grid === "kernel" ? flipped(at.index) : at.index);
    const marks = (of) => (_row, _column, index) => (place !== null && of(index) === place ? "lit" : "");
    for (const grid of [this.window, this.kernel, this.products]) {
      grid.mark(marks(grid === this.kernel ? flipped : (index) => index), look.pinnedIn(grid.name));
    }
    const [red, green = red, blue = red] = levels;
    this.swatch.style.background = `rgb(${red} ${green} ${blue})`;
    setText(this.sum, proseText(sums[channel]));
    this.sum.dataset.value = sums[channel];
    return place === null ? "" : ` Product ${place + 1} of ${count} is ${proseText(products[place])}.`;
  }
}
