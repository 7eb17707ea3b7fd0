// The losses so far, as a small curve.
const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [160, 48];

export class Curve {
  constructor() {
    this.element = document.createElementNS(SVG, "svg");
    this.element.setAttribute("viewBox", `-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`);
    this.element.setAttribute("class", "cnn-curve");
    this.element.setAttribute("role", "img");
    const make = (tag, name) => {
      const part = document.createElementNS(SVG, tag);
      part.setAttribute("class", name);
      this.element.append(part);
      return part;
    };
    this.floor = make("line", "cnn-curve-floor");
    for (const [name, value] of Object.entries({ x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }))
      this.floor.setAttribute(name, value);
    this.line = make("polyline", "cnn-curve-line");
    this.dot = make("circle", "cnn-curve-dot");
    this.dot.setAttribute("r", 3);
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
