// What a PoolingExplorer says of the place that the reader looks at: sums with their numbers, and a sentence.
import { h, span } from "../shared/dom.mjs";
import { inBrackets, plural, proseText } from "../shared/numbers.mjs";
import { pixelsOf, windowsOn } from "./pools.mjs";

const place = (width, index) => `[${Math.floor(index / width)}, ${index % width}]`;
const line = (...parts) => h("span", { class: "cnn-line" }, ...parts);

const between = (items, glue) =>
  items.flatMap((item, k) => [k ? glue : "", h("span", { class: "cnn-chunk" }, item)]);

/**
 * @param {object} state - what the view computed
 * @param {object} shown - { kind: "window", l } or { kind: "pixel", at }
 * @returns {{ terms: (string | Node)[], text: string }} the sum, and what it says in words
 */
export function explain(state, shown) {
  const { g } = state;
  const names = {
    input: (at) => `input${place(g.W, at)}`,
    inputGradient: (at) => `input gradient${place(g.W, at)}`,
    output: (l) => `output${place(g.W_out, l)}`,
    outputGradient: (l) => `output gradient${place(g.W_out, l)}`,
  };
  if (shown.kind === "padding") return paddingText(state, names, shown);
  return shown.kind === "window" ? windowText(state, names, shown) : pixelText(state, names, shown.at);
}

function windowText(state, names, { l, winner: asked }) {
  const { g, x, pooling, pooled, backward } = state;
  const pixels = pixelsOf(g, l);
  const outside = g.k * g.k - pixels.length;
  const numbers = pixels.map((at) => span("input", inBrackets(x[at])));
  const value = proseText(pooled.values[l]);
  const result = [" = ", span("output", value)];
  const terms = [];
  if (pooling === "max") {
    const missing = outside ? [span("padding", "\u2212\u221e")] : [];
    terms.push(
      line(
        span("output", names.output(l)),
        " = max(",
        ...between([...numbers, ...missing], ", "),
        ")",
        ...result,
      ),
    );
  } else {
    const sum = numbers.length > 1 ? ["(", ...between(numbers, " + "), ")"] : numbers;
    terms.push(line(span("output", names.output(l)), " = ", ...sum, ` / ${pooled.divisors[l]}`, ...result));
  }
  const text =
    pooling === "max" ? maxText(state, names, l, asked, pixels) : averageText(state, names, l, pixels);
  if (backward) terms.push(backLine(state, names, l, pixels));
  const lost = outside
    ? ` ${plural(outside, "place")} of the window ${outside === 1 ? "lies" : "lie"} in the padding.`
    : "";
  return { terms, text: text + lost };
}

function maxText({ g, x, pooled, backward }, names, l, asked, pixels) {
  const [value, winner] = [proseText(pooled.values[l]), pooled.winners[l]];
  const equal = pixels.filter((at) => x[at] === pooled.values[l]).length;
  const tie = equal > 1 ? ` ${equal} of them are equal, and the first wins.` : "";
  const row = Math.floor(winner / g.W);
  if (asked) {
    return `${names.output(l)} was found at ${names.input(winner)}, which is stored as ${row} \u00b7 ${g.W} + ${winner % g.W} = ${winner}.${tie}`;
  }
  const back = backward ? " All of its gradient goes there." : "";
  return `${names.output(l)} is ${value}, the largest of ${plural(pixels.length, "number")}; it stands at ${names.input(winner)}.${back}${tie}`;
}

function averageText({ pooled, backward }, names, l, pixels) {
  const value = proseText(pooled.values[l]);
  const back = backward ? " Each of them gets the same share of its gradient." : "";
  return `${names.output(l)} is ${value}: the sum of ${plural(pixels.length, "number")}, divided by ${pooled.divisors[l]}.${back}`;
}

function backLine({ pooling, pooled, gradOut }, names, l, pixels) {
  const given = span("gradient", proseText(gradOut[l]));
  if (pooling === "max")
    return line(names.outputGradient(l), " = ", given, ` \u2192 ${names.inputGradient(pooled.winners[l])}`);
  const share = span("gradient", proseText(gradOut[l] / pooled.divisors[l]));
  const to = pixels.length === 1 ? names.inputGradient(pixels[0]) : `each of ${pixels.length} places`;
  return line(
    names.outputGradient(l),
    " / ",
    String(pooled.divisors[l]),
    " = ",
    given,
    ` / ${pooled.divisors[l]} = `,
    share,
    ` \u2192 ${to}`,
  );
}

function paddingText({ g, pooling, counts, backward }, names, shown) {
  const inside = windowsOn(g, shown);
  const chips = inside.map((l) => h("span", { class: "cnn-chip" }, names.output(l)));
  const value = pooling === "max" ? "\u2212\u221e" : "0";
  const rule =
    pooling === "max"
      ? "It never wins."
      : counts
        ? "It counts in their means."
        : "It does not count in their means.";
  const lost = backward && pooling !== "max" && counts ? " Its share of the gradient is cut off." : "";
  return {
    terms: [line(span("padding", value), inside.length ? " lies in " : " lies in no window", ...chips)],
    text: inside.length
      ? `A place of the padding, ${value}, in ${plural(inside.length, "window")}. ${rule}${lost}`
      : `A place of the padding, ${value}. No window reaches it.`,
  };
}

function pixelText(state, names, at) {
  const { x, pooling, pooled, holders, gradX, gradOut, backward } = state;
  const inside = holders[at];
  const value = proseText(x[at]);
  if (!inside.length)
    return {
      terms: [line("no window")],
      text: `${names.input(at)} is ${value}. No window reaches it: it is lost${backward ? ", and its gradient is 0" : ""}.`,
    };
  const takers = pooling === "max" ? inside.filter((l) => pooled.winners[l] === at) : inside;
  const chips = inside.map((l) =>
    h("span", { class: "cnn-chip" }, takers.includes(l) ? span("output", names.output(l)) : names.output(l)),
  );
  const terms = [line(span("input", names.input(at)), " lies in ", ...chips)];
  if (backward) {
    const pieces = takers.map((l) =>
      pooling === "max" ? inBrackets(gradOut[l]) : `${inBrackets(gradOut[l])}/${pooled.divisors[l]}`,
    );
    const sum = pieces.length ? [...between(pieces, " + "), " = "] : [];
    terms.push(
      line(span("gradient", names.inputGradient(at)), " = ", ...sum, span("gradient", proseText(gradX[at]))),
    );
  }
  const held = `${names.input(at)} is ${value}. It lies in ${plural(inside.length, "window")}`;
  if (pooling !== "max")
    return {
      terms,
      text: `${held}, and counts in ${inside.length === 1 ? "its mean" : "each of their means"}.`,
    };
  const wins = takers.length
    ? `wins ${takers.length === inside.length ? (inside.length === 1 ? "it" : "all of them") : takers.length}`
    : "wins none";
  const back = takers.length > 1 && backward ? " Their gradients add up." : "";
  return { terms, text: `${held}, and ${wins}.${back}` };
}
