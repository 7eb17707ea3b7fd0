// The products behind what the reader looks at, written out in the colours of their roles.
import { h, span } from "../shared/dom.mjs";
import { inBrackets, proseText } from "../shared/numbers.mjs";

const MOST = 16;

const product = ({ image, kernel }, { pixel, padded, weight }) => [
  span(padded ? "padding" : "input", pixel < 0 ? "0" : inBrackets(image.data[pixel])), "\u00b7", span("kernel", inBrackets(kernel.data[weight])),
];

// One output: the products of its window, a line a kernel row, and their sum.
export function outputTerms(state, index) {
  const { g, output, joined, at } = state;
  const lines = [];
  let letters = 0;
  for (let u = 0; u < g.K_h; u += 1) {
    const line = h("span", { class: "cnn-line" });
    for (let v = 0; v < g.K_w; v += 1) {
      const term = h("span", { class: "cnn-product" }, ...product(state, joined[u * g.K_w + v]));
      letters = Math.max(letters, term.textContent.length);
      term.prepend(h("span", { class: "cnn-plus" }, u + v > 0 ? "+" : ""));
      line.append(term, " ");
    }
    lines.push(line);
  }
  const sum = h("span", { class: "cnn-line" }, "= ", span("output", proseText(output.data[index])));
  const block = h("span", { class: "cnn-block", style: `--product:${letters}` }, lines);
  return [h("span", { class: "cnn-line" }, span("output", at("output", g.W_out, index)), " ="), block, sum];
}

// A list of single products with the outputs that they go to.
function destinations(state) {
  const { g, joined, at } = state;
  const items = joined.slice(0, MOST).map((term) => h("span", { class: "cnn-chip" }, ...product(state, term), " \u2192 ", span("output", at("output", g.W_out, term.position))));
  if (joined.length > MOST) items.push(h("span", { class: "cnn-chip" }, `and ${joined.length - MOST} more`));
  return items;
}

// One pixel of the input; or one copy of it, which stands in the padding.
export function inputTerms(state, index, copy = false) {
  const { g, joined, at } = state;
  const name = copy ? [span("padding", "the copy"), " of ", span("input", at("input", g.W, index))] : [span("input", at("input", g.W, index))];
  if (!joined.length) return [h("span", { class: "cnn-line" }, ...name, " meets no weight.")];
  return [h("span", { class: "cnn-line" }, ...name, " meets:"), ...destinations(state)];
}

export function weightTerms(state, index) {
  const { g, at } = state;
  return [h("span", { class: "cnn-line" }, span("kernel", at("kernel", g.K_w, index)), " meets:"), ...destinations(state)];
}
