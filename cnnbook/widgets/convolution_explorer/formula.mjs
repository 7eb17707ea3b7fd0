// The output size in MathML, which browsers set by themselves.
import { h } from "../shared/dom.mjs";

const row = (...parts) => h("mrow", {}, ...parts);
const number = (value) => h("mn", {}, String(value));
const name = (text) => h("mi", {}, text);
const op = (sign) => h("mo", {}, sign);

// One direction: the formula for n, k and so on, each a MathML element. The short form has stride 1, no padding and no dilation.
function formula({ result, n, k, stride, padding, dilation }, short) {
  if (short) return h("math", {}, result, op("="), n, op("\u2212"), k, op("+"), number(1));
  const spare = row(n, op("+"), number(2), op("\u00b7"), padding, op("\u2212"), dilation, op("\u00b7"), row(op("("), k, op("\u2212"), number(1), op(")")), op("\u2212"), number(1));
  const floor = row(op("\u230a"), h("mfrac", {}, spare, stride), op("\u230b"));
  return h("math", { displaystyle: "true" }, result, op("="), floor, op("+"), number(1));
}

export const sizeSymbols = (short) => formula({
  result: h("msub", {}, name("n"), h("mtext", {}, "out")), n: name("n"), k: name("k"), stride: name("s"), padding: name("p"), dilation: name("d"),
}, short);

export function sizeNumbers(values, short) {
  const parts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, number(value)]));
  parts.result.setAttribute("class", "cnn-result");
  return formula(parts, short);
}
