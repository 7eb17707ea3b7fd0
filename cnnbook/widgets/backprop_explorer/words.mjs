// What a BackpropExplorer says of the cell that the reader looks at: the sums with their numbers, and a
// sentence.
import { h, span } from "../shared/dom.mjs";
import { inBrackets, plural, proseText } from "../shared/numbers.mjs";

const MOST = 16;

const at = (width, index) => `[${Math.floor(index / width)}, ${index % width}]`;
/**
 * @param {import("./gradients.mjs").Geometry} g
 * @returns {Record<string, (k: number) => string>} the name of each grid's entry k
 */
export const namesOf = (g) => ({
  input: (k) => `input${at(g.W, k)}`,
  kernel: (k) => `kernel${at(g.K_w, k)}`,
  output: (k) => `output${at(g.W_out, k)}`,
  target: (k) => `target${at(g.W_out, k)}`,
  "input gradient": (k) => `input gradient${at(g.W, k)}`,
  "kernel gradient": (k) => `kernel gradient${at(g.K_w, k)}`,
  "output gradient": (k) => `output gradient${at(g.W_out, k)}`,
});

const line = (...parts) => h("span", { class: "cnn-line" }, ...parts);
const times = (left, right) => [...left, "\u00b7", ...right];
const xOf = (state, { pixel }) => [
  pixel < 0 ? span("padding", "0") : span("input", inBrackets(state.image.data[pixel])),
];
const wOf = (state, { weight }) => [span("kernel", inBrackets(state.kernel.data[weight]))];
const gOf = (state, { out }) => [span("gradient", inBrackets(state.gradOut[out]))];

// A sum of products and its result, on one line.
function sum(name, role, terms, result) {
  const shown = terms
    .slice(0, MOST)
    .flatMap((term, k) => [
      k ? h("span", { class: "cnn-plus" }, "+") : "",
      h("span", { class: "cnn-chunk" }, ...term),
    ]);
  if (terms.length > MOST) shown.push(` + ${terms.length - MOST} more`);
  return line(span(role, name), " = ", ...shown, terms.length ? " = " : "", span(role, proseText(result)));
}

// Products, each with the place that it goes to.
function sent(title, list, width, index, product) {
  const items = list
    .slice(0, MOST)
    .map((term) => h("span", { class: "cnn-chip" }, ...product(term), ` \u2192 ${at(width, index(term))}`));
  if (list.length > MOST) items.push(h("span", { class: "cnn-chip" }, `and ${list.length - MOST} more`));
  return line(...title, " ", ...items);
}

const inside = (joined) => joined.filter(({ pixel }) => pixel >= 0);

// Each gives { terms, text } for a cell of one grid; `joined` holds the meetings that it takes part in.
const EXPLAIN = {
  output(state, names, k) {
    const { joined, output, gradOut } = state;
    const zeros = joined.length - inside(joined).length;
    const terms = joined.map((term) => times(xOf(state, term), wOf(state, term)));
    return {
      terms: [sum(names.output(k), "output", terms, output[k])],
      text: `${names.output(k)} is ${proseText(output[k])}, the sum of ${plural(joined.length, "product")}${zeros ? `, ${zeros} of them with a zero of the padding` : ""}. Its gradient is ${proseText(gradOut[k])}.`,
    };
  },
  target(state, names, k) {
    const { output, target, gradOut } = state;
    const [y, t] = [proseText(output[k]), proseText(target.data[k])];
    return {
      terms: [
        line(
          span("gradient", names["output gradient"](k)),
          " = ",
          span("output", y),
          ` \u2212 ${inBrackets(target.data[k])} = `,
          span("gradient", proseText(gradOut[k])),
        ),
      ],
      text: `${names.target(k)} is ${t}: the output there is ${y}, and should be ${t}.`,
    };
  },
  "output gradient"(state, names, k) {
    const { g, joined, target, output, gradOut } = state;
    const reached = inside(joined);
    const value = proseText(gradOut[k]);
    const from = target ? [` = ${proseText(output[k])} \u2212 ${inBrackets(target.data[k])}`] : [];
    const cut = joined.length - reached.length;
    return {
      terms: [
        line(span("gradient", names["output gradient"](k)), ...from, " = ", span("gradient", value)),
        sent(
          ["times its weight, to the input gradient:"],
          reached,
          g.W,
          (term) => term.pixel,
          (term) => times(gOf(state, term), wOf(state, term)),
        ),
        sent(
          ["times its pixel, to the kernel gradient:"],
          reached,
          g.K_w,
          (term) => term.weight,
          (term) => times(gOf(state, term), xOf(state, term)),
        ),
      ],
      text: `${names["output gradient"](k)} is ${value}. It goes back to ${plural(reached.length, "pixel")} and ${plural(reached.length, "weight")}, along the products that made ${names.output(k)}${cut ? `; ${plural(cut, "piece")} ${cut === 1 ? "falls" : "fall"} on the padding and ${cut === 1 ? "is" : "are"} cut off` : ""}.`,
    };
  },
  input(state, names, k) {
    const { g, joined, image, gradX } = state;
    const value = proseText(image.data[k]);
    if (!joined.length) return nowhere(names, k, `${names.input(k)} is ${value}. `);
    return {
      terms: [
        sent(
          [span("input", names.input(k)), " feeds the output:"],
          joined,
          g.W_out,
          (term) => term.out,
          (term) => times(xOf(state, term), wOf(state, term)),
        ),
      ],
      text: `${names.input(k)} is ${value}. It feeds ${plural(joined.length, "output")}, so ${plural(joined.length, "piece")} of gradient ${joined.length === 1 ? "comes" : "come"} back to it: ${names["input gradient"](k)} is ${proseText(gradX[k])}.`,
    };
  },
  "input gradient"(state, names, k) {
    const { way, joined, gradX, covering, done } = state;
    const name = names["input gradient"](k);
    if (way === "convolution") {
      const terms = covering.map((term) =>
        times(term.out < 0 ? [span("padding", "0")] : gOf(state, term), wOf(state, term)),
      );
      const held = covering.filter(({ out }) => out >= 0).length;
      return {
        terms: [sum(name, "gradient", terms, gradX[k])],
        text: `${name} is ${proseText(gradX[k])}: the turned kernel lies on ${plural(covering.length, "place")} of the spread-out gradient, and ${held} of them ${held === 1 ? "holds" : "hold"} a gradient.`,
      };
    }
    if (!joined.length) return nowhere(names, k, "");
    const added = way === "scatter" ? joined.filter(({ out }) => out < done) : joined;
    const total = added.reduce(
      (sums, { out, weight }) => sums + state.gradOut[out] * state.kernel.data[weight],
      0,
    );
    const terms = [
      sum(
        name,
        "gradient",
        added.map((term) => times(gOf(state, term), wOf(state, term))),
        total,
      ),
    ];
    const outs = joined.map(({ out }) => at(state.g.W_out, out)).join(", ");
    const text =
      way === "scatter"
        ? `${name} has ${added.length} of its ${plural(joined.length, "piece")}, one from each window that holds the pixel: ${proseText(total)} so far.`
        : `${names.input(k)} fed ${plural(joined.length, "output")}: ${outs}. Their gradients, each times the weight between, add up to ${proseText(total)}.`;
    return { terms, text: added.length === joined.length ? text.replace(" so far", "") : text };
  },
  kernel(state, names, k) {
    const { g, joined, kernel, gradW } = state;
    return {
      terms: [
        sent(
          [span("kernel", names.kernel(k)), " feeds the output:"],
          joined,
          g.W_out,
          (term) => term.out,
          (term) => times(xOf(state, term), wOf(state, term)),
        ),
      ],
      text: `${names.kernel(k)} is ${proseText(kernel.data[k])}. It takes part in ${plural(joined.length, "output")}: ${names["kernel gradient"](k)} is ${proseText(gradW[k])}.`,
    };
  },
  "kernel gradient"(state, names, k) {
    const { joined, gradW } = state;
    return {
      terms: [
        sum(
          names["kernel gradient"](k),
          "gradient",
          joined.map((term) => times(gOf(state, term), xOf(state, term))),
          gradW[k],
        ),
      ],
      text: `${names["kernel gradient"](k)} is ${proseText(gradW[k])}: every output gradient, times the pixel that ${names.kernel(k)} met there; ${plural(joined.length, "product")}.`,
    };
  },
  "spread-out gradient"(state, names, k) {
    const out = state.spread.outs[k];
    if (out < 0)
      return { terms: [line("0")], text: "A zero of the spread-out gradient: no window starts here." };
    return {
      terms: [line(span("gradient", proseText(state.gradOut[out])), ` = ${names["output gradient"](out)}`)],
      text: `Here stands ${names["output gradient"](out)}, ${proseText(state.gradOut[out])}.`,
    };
  },
  "turned kernel"(state, names, k) {
    const weight = state.kernel.data.length - 1 - k;
    return {
      terms: [line(span("kernel", proseText(state.kernel.data[weight])), ` = ${names.kernel(weight)}`)],
      text: `The kernel, turned by 180 degrees: here stands ${names.kernel(weight)}, ${proseText(state.kernel.data[weight])}.`,
    };
  },
};

const nowhere = (names, k, start) => ({
  terms: [line(span("gradient", names["input gradient"](k)), " = ", span("gradient", "0"))],
  text: `${start}No window reaches ${names.input(k)}, so its gradient is 0.`,
});

// A place of the padding, in the input or in its gradient.
const padding = ({ joined }) => ({
  terms: [line(span("padding", "0"))],
  text: `A zero of the padding. ${joined.length ? `It stands in ${plural(joined.length, "window")}; the gradient that falls on it is cut off.` : "No window reaches it."}`,
});

/**
 * @param {object} state - what the view computed
 * @param {{ grid: string, index: number }} looked
 * @returns {{ terms: (string | Node)[], text: string }} the sum, and what it says in words
 */
export const explain = (state, { grid, index }) =>
  index < 0 ? padding(state) : EXPLAIN[grid](state, namesOf(state.g), index);
