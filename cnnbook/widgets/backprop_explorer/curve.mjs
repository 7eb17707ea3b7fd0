// The losses so far, as a small curve.
import { svg } from "../shared/dom.mjs";

const [WIDTH, HEIGHT] = [160, 48];

export class Curve {
  constructor() {
    this.line = svg("polyline", { class: "cnn-curve-line" });
    this.dot = svg("circle", { class: "cnn-curve-dot", r: 3 });
    this.element = svg(
      "svg",
      { viewBox: `-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`, class: "cnn-curve-box", role: "img" },
      svg("line", { class: "cnn-curve-floor", x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }),
      this.line,
      this.dot,
    );
  }

  show(losses) {
    const most = Math.max(...losses) || 1;
    const points = losses.map((loss, k) => [
      (k / Math.max(10, losses.length - 1)) * WIDTH,
      HEIGHT * (1 - loss / most),
    ]);
    this.line.setAttribute("points", points.map((point) => point.map((n) => n.toFixed(1)).join()).join(" "));
    const [x, y] = points.at(-1);
    this.dot.setAttribute("cx", x.toFixed(1));
    this.dot.setAttribute("cy", y.toFixed(1));
    const said =
      losses.length > 1
        ? `The loss after ${losses.length - 1} steps: from ${lossText(losses[0])} to ${lossText(losses.at(-1))}`
        : `The loss: ${lossText(losses[0])}`;
    this.element.setAttribute("aria-label", said);
  }
}

/**
 * @param {number} loss
 * @returns {string} in four digits, without a long tail of zeros
 */
export function lossText(loss) {
  if (loss === 0 || (loss >= 0.001 && loss < 1e6)) return String(+loss.toPrecision(4));
  return loss.toExponential(1).replace("e-", " \u00b7 10^\u2212").replace("e+", " \u00b7 10^");
}
