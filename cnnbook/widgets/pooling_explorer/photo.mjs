// A photograph that is moved before it is pooled: what goes in, what comes out, and what the move changed.
import { h, setText } from "../shared/dom.mjs";
import { toImageData } from "../shared/pixels.mjs";
import { greyOf, pictureOf } from "../shared/pictures.mjs";
import { cut, difference, geometry, meanSize, pool } from "./pools.mjs";

const WHITE = 64; // the change that is drawn white

// A picture with its name and its size above it.
class Shown {
  constructor(name, role) {
    this.name = name;
    this.canvas = h("canvas", { width: 1, height: 1, role: "img", "aria-label": name });
    this.caption = h("span", { class: "cnn-size" });
    const area = h("div", { class: `cnn-picture cnn-${role}` }, this.canvas);
    const title = h("figcaption", {}, h("b", {}, name), " ", this.caption);
    this.element = h("figure", { class: "cnn-figure" }, title, area);
  }

  draw([H, W], data, scale, dropSign = false) {
    const { canvas } = this;
    if (canvas.width !== W) canvas.width = W;
    if (canvas.height !== H) canvas.height = H;
    const image = toImageData({ shape: [H, W], planes: [data] }, { scale, offset: 0, dropSign });
    canvas.getContext("2d").putImageData(image, 0, 0);
    setText(this.caption, `${H} \u00d7 ${W}`);
  }
}

export class Photo {
  /** @param {object} model */
  constructor(model) {
    this.model = model;
    this.shown = {
      input: new Shown("input", "input"),
      output: new Shown("output", "output"),
      change: new Shown("change", "gradient"),
    };
    const pictures = Object.values(this.shown).map(({ element }) => element);
    this.element = h("div", { class: "cnn-pooling-pictures" }, pictures);
  }

  // Read the picture; the last one that was asked for stays.
  async read() {
    const asked = this.model.get("picture");
    this.asked = asked;
    const picture = await pictureOf(asked, this.model.get("_pictures"));
    if (this.asked === asked) Object.assign(this, { grey: greyOf(picture), start: null });
  }

  // Show the picture, and return what there is to say; nothing, if it has yet to be read.
  update(settings, shift) {
    if (!this.grey) return null;
    const key = JSON.stringify(settings);
    if (this.start?.key !== key) this.start = { key, ...this.pooled(settings, 0) };
    const { moved, g, values } = shift ? this.pooled(settings, shift) : this.start;
    const [before, after] = [this.start, { moved, values }];
    const size = [g.H_out, g.W_out];
    const change = difference(after.values, before.values);
    const scale = 255 / this.grey.white;
    this.shown.input.draw(moved.shape, moved.data, scale);
    this.shown.output.draw(size, values, scale);
    this.shown.change.draw(size, change, (255 * scale) / WHITE, true);
    return { output: meanSize(change), input: meanSize(difference(after.moved.data, before.moved.data)) };
  }

  pooled(settings, shift) {
    const moved = cut(this.grey, shift);
    const g = geometry(moved.shape, settings);
    return { moved, g, values: pool(g, moved.data, settings).values };
  }
}

/**
 * @param {number} shift
 * @param {{ output: number, input: number }} changes
 * @returns {string}
 */
export function photoText(shift, { output, input }) {
  if (shift === 0)
    return "Move the slider: the photograph goes to the right, and the windows stay where they are.";
  const levels = (value) => value.toFixed(1);
  return `Moved by ${shift} ${shift === 1 ? "pixel" : "pixels"}, the output changes by ${levels(output)} grey levels on average, the input by ${levels(input)}. White is a change of ${WHITE} levels or more.`;
}
