// Two curves over the steps so far: what is written down at each of them, and what is looked up now and then.
import { h, setText, svg } from "../shared/dom.mjs";

const [WIDE, HIGH, BINS] = [100, 40, 120];

// Means of as many steps as there is no room for.
/**
 * @param {number[]} values
 * @returns {{ means: number[], each: number }} at most 120 of them, and how many steps one stands for
 */
export function binned(values) {
  const each = Math.max(1, Math.ceil(values.length / BINS));
  const means = [];
  for (let start = 0; start < values.length; start += each) {
    const bin = values.slice(start, start + each);
    means.push(bin.reduce((sum, value) => sum + value, 0) / bin.length);
  }
  return { means, each };
}

export class Chart {
  /**
   * @param {string} name
   * @param {{ top: string, level?: number }} options - what stands at the top, and where a guess would be
   */
  constructor(name, { top, level }) {
    this.end = svg("path", { class: "cnn-curve-end", d: "" });
    this.curve = svg("polyline", { class: "cnn-loss-curve", points: "" });
    this.top = h("span", { class: "cnn-chart-top" }, top);
    this.last = h("span", { class: "cnn-chart-last" });
    this.value = h("span", { class: "cnn-size" });
    this.guess = svg("line", { class: "cnn-guess-line", x1: 0, x2: WIDE });
    this.drawing = svg(
      "svg",
      { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      this.guess,
      this.curve,
      this.end,
    );
    this.element = h(
      "figure",
      { class: "cnn-figure cnn-chart" },
      h("figcaption", {}, h("b", {}, name), " ", this.value),
      this.top,
      this.drawing,
      this.last,
    );
    if (level !== undefined) this.draw([], { level });
  }

  /**
   * @param {number[][]} points - each from 0 to 1, to the right and up
   * @param {{ level: number, top?: string, value?: string, last?: string }} texts
   */
  draw(points, { level, top = "", value = "", last = "" }) {
    const down = (part) => (HIGH * (1 - Math.min(1, part))).toFixed(2);
    const path = points.map(([right, up]) => `${(WIDE * right).toFixed(1)},${down(up)}`);
    this.curve.setAttribute("points", path.join(" "));
    this.end.setAttribute("d", path.length ? `M${path[path.length - 1]}h0` : "");
    this.guess.setAttribute("y1", down(level));
    this.guess.setAttribute("y2", down(level));
    if (top) setText(this.top, top);
    setText(this.value, value);
    setText(this.last, last);
  }
}
