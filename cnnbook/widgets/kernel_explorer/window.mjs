// One window of a picture as numbers: the window, the kernel on it, their products, the sum, and the pixel that it becomes.
import { largest } from "../shared/arrays.mjs";
import { h, setText, sign } from "../shared/dom.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { proseText } from "../shared/numbers.mjs";

export class WindowView {
  // onLook() when the reader looks at other cells, onRelease() on Escape, onEdit(index, value) of the kernel
  constructor({ onLook, onRelease, onEdit, say }) {
    Object.assign(this, { onLook, onRelease, onEdit, say, looked: null, chosen: null });
    this.window = this.grid("window", "input cnn-shade");
    this.kernel = this.grid("kernel", "kernel", true);
    this.products = this.grid("products", "output");
    this.sum = h("span", { class: "cnn-sum" });
    this.swatch = h("span", { class: "cnn-swatch", "aria-hidden": "true" });
    this.element = h("div", { class: "cnn-stage" }, this.window.element, sign("\u2299"), this.kernel.element, sign("="),
      this.products.element, sign("\u2192"), h("div", { class: "cnn-pixel" }, this.sum, this.swatch));
  }

  grid(name, role, editable = false) {
    return new NumberGrid({
      name, role, editable,
      on: {
        inspect: (index) => {
          if (index !== null) this.looked = { name, index };
          else if (this.looked?.name === name) this.looked = null;
          this.onLook();
        },
        pin: (index) => {
          this.chosen = { name, index };
          this.onLook();
        },
        release: () => {
          this.release();
          this.onRelease();
        },
        edit: (index, value) => this.onEdit(index, value),
        say: (text) => this.say(text),
      },
    });
  }

  release() {
    this.chosen = null;
  }

  // Show a window, and return a sentence about the product that the reader looks at.
  show({ row, column, channel, source, kernel, applied, flip, sums, levels }) {
    const [K_h, K_w] = kernel.shape;
    const count = K_h * K_w;
    const width = source.shape[1];
    const plane = source.planes[channel];
    const window = Float64Array.from({ length: count }, (_, i) => plane[(row + Math.floor(i / K_w)) * width + column + (i % K_w)]);
    const products = window.map((value, i) => value * applied[i]);
    for (const grid of [this.window, this.kernel, this.products]) grid.layOut(kernel.shape);
    this.window.write(window, 0, (value) => (255 * value) / source.white);
    this.kernel.write(kernel.data, largest(kernel.data));
    this.products.write(products, largest(products));

    const flipped = (index) => (flip ? count - 1 - index : index);
    const look = this.chosen ?? this.looked;
    const place = look && (look.name === "kernel" ? flipped(look.index) : look.index);
    const marks = (at) => (r, c, index) => (place !== null && at(index) === place ? "lit" : "");
    for (const grid of [this.window, this.kernel, this.products]) {
      grid.mark(marks(grid === this.kernel ? flipped : (index) => index), this.chosen?.name === grid.name ? this.chosen.index : null);
    }
    const [red, green = red, blue = red] = levels;
    this.swatch.style.background = `rgb(${red} ${green} ${blue})`;
    setText(this.sum, proseText(sums[channel]));
    this.sum.dataset.value = sums[channel];
    return place === null ? "" : ` Product ${place + 1} of ${count} is ${proseText(products[place])}.`;
  }
}
