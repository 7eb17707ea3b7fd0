// The products behind what the reader looks at, written out in the colours of their roles.
import { h, setText, span } from "../shared/dom.mjs";
import { inBrackets, proseText } from "../shared/numbers.mjs";
import { at } from "./words.mjs";

const MOST = 16;

const roleOf = ({ padded }) => (padded ? "padding" : "input");
const factorOf = ({ image }, { pixel }) => (pixel < 0 ? "0" : inBrackets(image.data[pixel]));
const weightOf = ({ kernel }, { weight }) => inBrackets(kernel.data[weight]);

// One output: the products of its window, a line a kernel row, and their sum. The elements are kept while the
// kernel keeps its size.
class OutputTerms {
  constructor(rows, columns) {
    this.products = Array.from({ length: rows * columns }, (_, k) => {
      const [factor, weight] = [span("input", ""), span("kernel", "")];
      const plus = h("span", { class: "cnn-plus" }, k > 0 ? "+" : "");
      return { factor, weight, element: h("span", { class: "cnn-product" }, plus, factor, "\u00b7", weight) };
    });
    const lines = Array.from({ length: rows }, (_, u) => {
      const products = this.products.slice(u * columns, (u + 1) * columns);
      return h(
        "span",
        { class: "cnn-line" },
        products.flatMap(({ element }) => [element, " "]),
      );
    });
    this.name = span("output", "");
    this.sum = span("output", "");
    this.block = h("span", { class: "cnn-block" }, lines);
    const [head, foot] = [
      [this.name, " ="],
      ["= ", this.sum],
    ];
    this.elements = [
      h("span", { class: "cnn-line" }, head),
      this.block,
      h("span", { class: "cnn-line" }, foot),
    ];
  }

  show(state, index) {
    const { g, output, joined } = state;
    let letters = 0;
    joined.forEach((term, k) => {
      const { factor, weight } = this.products[k];
      const [one, other, role] = [factorOf(state, term), weightOf(state, term), `cnn-term-${roleOf(term)}`];
      letters = Math.max(letters, one.length + other.length + 1);
      setText(factor, one);
      setText(weight, other);
      if (factor.className !== role) factor.className = role;
    });
    this.block.style.setProperty("--product", letters);
    setText(this.name, at("output", g.W_out, index));
    setText(this.sum, proseText(output.data[index]));
    return this.elements;
  }
}

const product = (state, term) => [
  span(roleOf(term), factorOf(state, term)),
  "\u00b7",
  span("kernel", weightOf(state, term)),
];

// A list of single products with the outputs that they go to.
function destinations(state) {
  const { g, joined } = state;
  const chip = (...parts) => h("span", { class: "cnn-chip" }, ...parts);
  const goal = ({ position }) => span("output", at("output", g.W_out, position));
  const items = joined.slice(0, MOST).map((term) => chip(...product(state, term), " \u2192 ", goal(term)));
  return joined.length > MOST ? [...items, chip(`and ${joined.length - MOST} more`)] : items;
}

const LISTS = {
  input: ({ g }, index) => [span("input", at("input", g.W, index))],
  border: ({ g }, index) =>
    index < 0
      ? [span("padding", "this zero")]
      : [span("padding", "the copy"), " of ", span("input", at("input", g.W, index))],
  kernel: ({ g }, index) => [span("kernel", at("kernel", g.K_w, index))],
};

export class Terms {
  constructor() {
    this.element = h("div", { class: "cnn-terms" });
  }

  // `grid` and `index`: what is looked at; "border" is a place of the padding: the copy of a pixel, or -1,
  // a zero.
  show(state, { grid, index }) {
    const elements = grid === "output" ? this.output(state, index) : this.list(state, grid, index);
    if (this.shown !== elements) this.element.replaceChildren(...elements);
    this.shown = elements;
  }

  output(state, index) {
    const { K_h, K_w } = state.g;
    const size = `${K_h},${K_w}`;
    if (this.size !== size) {
      Object.assign(this, { size, terms: new OutputTerms(K_h, K_w) });
      this.element.style.setProperty("--rows", K_h);
    }
    return this.terms.show(state, index);
  }

  list(state, grid, index) {
    const name = LISTS[grid](state, index);
    if (!state.joined.length) return [h("span", { class: "cnn-line" }, ...name, " meets no weight.")];
    return [h("span", { class: "cnn-line" }, ...name, " meets:"), ...destinations(state)];
  }
}
