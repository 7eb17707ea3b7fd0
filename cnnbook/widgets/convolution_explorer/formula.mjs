// The output size in MathML, which browsers set by themselves.
import { h, setText } from "../shared/dom.mjs";

const row = (...parts) => h("mrow", {}, ...parts);
const number = (value) => h("mn", {}, String(value));
const name = (text) => h("mi", {}, text);
const op = (sign) => h("mo", {}, sign);

// Brackets that keep their size, whatever stands beside them.
const bracket = (sign, more = {}) => h("mo", { stretchy: "false", ...more }, sign);
const floorSign = (sign) => bracket(sign, { class: "cnn-floor" });

// One direction: the formula for n, k and so on, each a MathML element. `has` says which of stride, padding
// and dilation stand in it.
function formula({ result, n, k, stride, padding, dilation }, has) {
  const spare = [n];
  if (has.padding) spare.push(op("+"), number(2), op("\u00b7"), padding);
  if (has.dilation) {
    const steps = row(bracket("("), k, op("\u2212"), number(1), bracket(")"));
    spare.push(op("\u2212"), dilation, op("\u00b7"), steps);
  } else spare.push(op("\u2212"), k);
  if (!has.stride) {
    const one = has.dilation ? [] : [op("+"), number(1)]; // with dilation, it is taken away and added
    return h("math", {}, result, op("="), ...spare, ...one);
  }
  if (has.dilation) spare.push(op("\u2212"), number(1));
  const floor = row(floorSign("\u230a"), h("mfrac", {}, row(...spare), stride), floorSign("\u230b"));
  return h("math", { displaystyle: "true" }, result, op("="), floor, op("+"), number(1));
}

const symbols = () => ({
  result: h("msub", {}, name("n"), h("mtext", {}, "out")),
  n: name("n"),
  k: name("k"),
  stride: name("s"),
  padding: name("p"),
  dilation: name("d"),
});

const line = (text, math) => h("div", { class: "cnn-size-row" }, h("span", {}, text), math);

// The formula with the numbers of one direction; its elements are kept.
class Side {
  constructor(text, has) {
    const parts = ["result", "n", "k", "stride", "padding", "dilation"].map((part) => [part, number("")]);
    this.parts = Object.fromEntries(parts);
    this.parts.result.setAttribute("class", "cnn-result");
    this.element = line(text, formula(this.parts, has));
  }

  show(values) {
    for (const [part, value] of Object.entries(values)) setText(this.parts[part], String(value));
  }
}

export class SizeFormula {
  constructor() {
    this.element = h("div", { class: "cnn-formula" });
  }

  // `controls`: what the reader can choose stands in the formula even when unused, and nothing else that is.
  show(g, controls) {
    const { H, W, K_h, K_w, H_out, W_out, stride, padding, dilation } = g;
    const has = {
      stride: stride > 1 || controls.includes("stride"),
      padding: padding > 0 || controls.includes("padding"),
      dilation: dilation > 1 || controls.includes("dilation"),
    };
    const names = H === W && K_h === K_w ? ["height and width"] : ["height", "width"];
    const form = JSON.stringify([has, names]);
    if (this.form !== form) {
      this.form = form;
      this.sides = names.map((text) => new Side(text, has));
      const elements = this.sides.map(({ element }) => element);
      this.element.replaceChildren(line("output size", formula(symbols(), has)), ...elements);
    }
    const sizes = [
      { result: H_out, n: H, k: K_h },
      { result: W_out, n: W, k: K_w },
    ];
    this.sides.forEach((side, axis) => side.show({ ...sizes[axis], stride, padding, dilation }));
  }
}
