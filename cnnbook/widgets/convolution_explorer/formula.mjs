// The output size in MathML, which browsers set by themselves.
import { h, setText } from "../shared/dom.mjs";

const row = (...parts) => h("mrow", {}, ...parts);
const number = (value) => h("mn", {}, String(value));
const name = (text) => h("mi", {}, text);
const op = (sign) => h("mo", {}, sign);

// One direction: the formula for n, k and so on, each a MathML element. The short form has stride 1, no
// padding and no dilation.
function formula({ result, n, k, stride, padding, dilation }, short) {
  if (short) return h("math", {}, result, op("="), n, op("\u2212"), k, op("+"), number(1));
  const reach = [dilation, op("\u00b7"), row(op("("), k, op("\u2212"), number(1), op(")"))];
  const spare = row(
    n,
    op("+"),
    number(2),
    op("\u00b7"),
    padding,
    op("\u2212"),
    ...reach,
    op("\u2212"),
    number(1),
  );
  const floor = row(op("\u230a"), h("mfrac", {}, spare, stride), op("\u230b"));
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
  constructor(text, short) {
    const parts = ["result", "n", "k", "stride", "padding", "dilation"].map((part) => [part, number("")]);
    this.parts = Object.fromEntries(parts);
    this.parts.result.setAttribute("class", "cnn-result");
    this.element = line(text, formula(this.parts, short));
  }

  show(values) {
    for (const [part, value] of Object.entries(values)) setText(this.parts[part], String(value));
  }
}

export class SizeFormula {
  constructor() {
    this.element = h("div", { class: "cnn-formula" });
  }

  // `mayStep`: the reader can choose a stride, a padding or a dilation, so that the formula has them even
  // when unused.
  show(g, mayStep) {
    const { H, W, K_h, K_w, H_out, W_out, stride, padding, dilation } = g;
    const short = stride === 1 && padding === 0 && dilation === 1 && !mayStep;
    const names = H === W && K_h === K_w ? ["height and width"] : ["height", "width"];
    const form = `${short} ${names}`;
    if (this.form !== form) {
      this.form = form;
      this.sides = names.map((text) => new Side(text, short));
      const elements = this.sides.map(({ element }) => element);
      this.element.replaceChildren(line("output size", formula(symbols(), short)), ...elements);
    }
    const sizes = [
      { result: H_out, n: H, k: K_h },
      { result: W_out, n: W, k: K_w },
    ];
    this.sides.forEach((side, axis) => side.show({ ...sizes[axis], stride, padding, dilation }));
  }
}
