// ConvolutionExplorer's sentences: what the reader looks at, and why something cannot be done.
import { tooMuch } from "./borders.mjs";
import { plural, proseText } from "../shared/numbers.mjs";
import { span } from "../shared/sizes.mjs";

/**
 * @param {string} name
 * @param {number} width
 * @param {number} index
 * @returns {string}
 */
export const at = (name, width, index) => `${name}[${Math.floor(index / width)}, ${index % width}]`;

/**
 * @param {object} g
 * @returns {string | null} why a setting is impossible
 */
export function impossible(g) {
  for (const [side, n, k, out] of [
    ["height", g.H, g.K_h, g.H_out],
    ["width", g.W, g.K_w, g.W_out],
  ]) {
    const reason = tooMuch(n, g.padding, g.mode);
    if (reason) return `${reason}, and here the padding is ${g.padding} and the ${side} ${n}.`;
    if (out < 1)
      return `the kernel would span ${span(k, g.dilation)} in ${side}, and the padded input has ${n + 2 * g.padding}.`;
  }
  return null;
}

const ofPadding = (g, count) =>
  g.mode === "zeros"
    ? plural(count, "zero of the padding", "zeros of the padding")
    : plural(count, "copy in the padding", "copies in the padding");
const asCopies = (joined) => joined.filter(({ padded }) => padded).length;

const OUTPUT_VIEW = {
  output({ g, output, joined }, index) {
    const outside = asCopies(joined);
    const padded = outside
      ? `, ${outside} of them with a ${g.mode === "zeros" ? "zero of" : "copy in"} the padding`
      : "";
    return `${at("output", g.W_out, index)} is ${proseText(output.data[index])}, the sum of ${plural(joined.length, "product")}${padded}.`;
  },
  input({ g, image, joined }, index) {
    const outputs = new Set(joined.map(({ position }) => position)).size;
    const copies = asCopies(joined);
    const feeds = outputs
      ? `It feeds ${plural(outputs, "output")}${copies ? `, ${plural(copies, "time")} as a copy in the padding` : ""}.`
      : "No window reaches it: it is dropped.";
    return `${at("input", g.W, index)} is ${proseText(image.data[index])}. ${feeds}`;
  },
  border({ g, image, joined }, origin) {
    const outputs = joined.length
      ? `It stands in ${plural(joined.length, "window")}.`
      : "No window reaches it.";
    if (origin < 0) return `A zero of the padding. ${outputs}`;
    const feeds = joined.length
      ? `This copy feeds ${plural(joined.length, "output")}.`
      : "No window reaches this copy.";
    return `The padding copies ${at("input", g.W, origin)} here: ${proseText(image.data[origin])}. ${feeds}`;
  },
  kernel({ g, kernel, joined }, index) {
    return `${at("kernel", g.K_w, index)} is ${proseText(kernel.data[index])}. It joins ${plural(joined.length, "pair")} of input and output.`;
  },
};

const COVERAGE_VIEW = {
  output({ g, joined }, index) {
    const outside = asCopies(joined);
    const padded = outside ? ` and ${ofPadding(g, outside)}` : "";
    return `The window of ${at("output", g.W_out, index)} holds ${plural(joined.length - outside, "pixel")}${padded}.`;
  },
  input({ g, joined, times }, index) {
    const pixel = at("input", g.W, index);
    if (!joined.length) return `No window reaches ${pixel}: it is dropped.`;
    const all = g.H_out * g.W_out;
    const sides = `${times.rows[Math.floor(index / g.W)]} down \u00d7 ${times.columns[index % g.W]} across`;
    const copies = asCopies(joined);
    if (!copies) return `${pixel} lies in ${plural(joined.length, "window")} of ${all}: ${sides}.`;
    return `The ${plural(all, "window")} meet ${pixel} ${plural(joined.length, "time")}: ${sides}. ${copies} of them as a copy in the padding.`;
  },
  border({ g }, origin) {
    if (origin < 0) return "A zero of the padding is no pixel, and is not counted.";
    return `The padding copies ${at("input", g.W, origin)} here, and counts for that pixel.`;
  },
};

/**
 * @param {object} state
 * @param {{ grid: string, index: number }} looked - "border" has the index of the pixel that it copies, or -1
 * @returns {string}
 */
export function sentence(state, { grid, index }) {
  const views = state.view === "coverage" ? COVERAGE_VIEW : OUTPUT_VIEW;
  return views[grid](state, index);
}
