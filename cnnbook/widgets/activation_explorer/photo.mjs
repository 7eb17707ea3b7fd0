// A map of edges before and after a function, each with its histogram.
import { h, setText, svg } from "../shared/dom.mjs";
import { toImageData } from "../shared/pixels.mjs";
import { withMinus } from "../shared/numbers.mjs";
import { greyOf, pictureOf } from "../shared/pictures.mjs";
import { BENDS, edgesOf, histogram } from "./bends.mjs";
import facts from "./facts.json";

const [WIDE, HIGH] = [180, 90];
const STEP = WIDE / facts.bins;

class Shown {
  constructor(name, role) {
    this.canvas = h("canvas", { width: 1, height: 1, role: "img", "aria-label": name });
    this.bars = svg("path", { class: "cnn-bars" });
    const ticks = [-3, 0, 3].map((n) => {
      const x = ((n + facts.reach) / (2 * facts.reach)) * WIDE;
      return svg("text", { x, y: HIGH + 14, class: "cnn-tick" }, withMinus(n));
    });
    const drawing = svg(
      "svg",
      { viewBox: `0 0 ${WIDE} ${HIGH + 18}`, role: "img", class: "cnn-histogram" },
      this.bars,
      svg("path", { d: `M0 ${HIGH}L${WIDE} ${HIGH}`, class: "cnn-axis" }),
      ...ticks,
    );
    drawing.setAttribute("aria-label", `histogram of the ${name}`);
    this.caption = h("span", { class: "cnn-size" });
    const title = h("figcaption", {}, h("b", {}, name), " ", this.caption);
    const picture = h("div", { class: "cnn-picture" }, this.canvas);
    const both = h("div", { class: "cnn-beside" }, picture, drawing);
    this.element = h("figure", { class: `cnn-figure cnn-${role}` }, title, both);
  }

  draw([H, W], data, counts) {
    const { canvas } = this;
    if (canvas.width !== W) canvas.width = W;
    if (canvas.height !== H) canvas.height = H;
    const tone = { scale: 127.5 / 3, offset: 127.5, dropSign: false };
    canvas.getContext("2d").putImageData(toImageData({ shape: [H, W], planes: [data] }, tone), 0, 0);
    // The root of the counts, so that a heap at one place does not flatten all others.
    const most = Math.sqrt(data.length);
    const bars = counts.map((count, k) => {
      const high = count && Math.max(1, (HIGH * Math.sqrt(count)) / most);
      return `M${k * STEP} ${HIGH}v${-high.toFixed(1)}h${STEP - 1}v${high.toFixed(1)}z`;
    });
    this.bars.setAttribute("d", bars.join(""));
    setText(this.caption, `${H} \u00d7 ${W}`);
  }
}

export class Photo {
  /** @param {object} model */
  constructor(model) {
    this.model = model;
    this.before = new Shown("map", "input");
    this.after = new Shown("result", "output");
    this.element = h("div", { class: "cnn-two" }, this.before.element, this.after.element);
  }

  // Read the picture; the last one that was asked for stays.
  async read() {
    const asked = this.model.get("picture");
    this.asked = asked;
    const picture = await pictureOf(asked, this.model.get("_pictures"));
    if (this.asked === asked) this.edges = edgesOf(greyOf(picture));
  }

  // Show the map, and return what there is to say; nothing, if the picture has yet to be read.
  update({ name, leak, gain, bias }) {
    if (!this.edges) return null;
    const { shape, data } = this.edges;
    const [f, slope] = BENDS[name];
    const map = new Float64Array(data.length);
    const bent = new Float64Array(data.length);
    let [zeros, flat] = [0, 0];
    for (let k = 0; k < data.length; k += 1) {
      const z = data[k] * gain + bias;
      map[k] = z;
      bent[k] = f(z, leak);
      if (bent[k] === 0) zeros += 1;
      if (Math.abs(slope(z, leak)) < 0.01) flat += 1;
    }
    this.before.draw(shape, map, histogram(map));
    this.after.draw(shape, bent, histogram(bent));
    return { zeros: zeros / data.length, flat: flat / data.length };
  }
}
