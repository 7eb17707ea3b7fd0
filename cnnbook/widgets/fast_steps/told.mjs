// How each number is computed, in words and as a formula with its numbers.
import { span } from "../shared/dom.mjs";
import { inBrackets, proseText } from "../shared/numbers.mjs";
import { fraction, matricesFor, TAPS, turn, window } from "./steps.mjs";

const MINUS = "\u2212";
const near = (value) => Math.round(value * 1e9) / 1e9 + 0;
const number = (role, value) => span(role, inBrackets(near(value)));

// A sum of products with known factors: those with 0 are left out, ones are not written.
function combination(factors, texts, values, role) {
  const parts = [];
  for (const [k, factor] of factors.entries()) {
    if (factor === 0) continue;
    const sign = factor < 0 ? MINUS : "+";
    if (parts.length) parts.push(` ${sign} `);
    else if (factor < 0) parts.push(MINUS);
    const size = texts[k].replace("-", "");
    parts.push(size === "1" ? "" : `${size}\u00b7`, number(role, values[k]));
  }
  return parts.length ? parts : ["0"];
}

const rounded = (value) => proseText(near(value));
const cosines = (length, f) => Array.from({ length }, (_, j) => near(f(j)));
const texts = (factors) => factors.map((factor) => (factor < 0 ? `-${rounded(-factor)}` : rounded(factor)));
const sumOf = (factors, values, role) => combination(factors, texts(factors), values, role);

/**
 * @typedef {{ lines: (string | Node)[][], text: string, lit: Record<string, number[]> }} Told what stands in
 * the box, the sentence, and which places of the other grids are used
 */

/**
 * @param {import("./steps.mjs").Steps} steps
 * @param {{ x: number[], w: number[] }} given
 * @param {string} grid
 * @param {number} k - the number's place
 * @returns {Told}
 */
export function told(steps, given, grid, k) {
  const way = steps.way === "Winograd" ? byWinograd : byFourier;
  return { signal: used, kernel: used, ...way }[grid](steps, given, k, grid);
}

const every = (n) => Array.from({ length: n }, (_, k) => k);

// A number that is given: what it goes into.
function used(steps, given, k, grid) {
  const value = rounded((grid === "signal" ? given.x : given.w)[k]);
  const { BT, G } = steps.way === "Winograd" ? matricesFor(steps.n) : {};
  const matrix = grid === "signal" ? BT : G;
  const goes = every(steps.length).filter((j) => !matrix || matrix[j][k] !== "0");
  const into = goes.length === steps.length ? "every number" : `${goes.length} of ${steps.length} numbers`;
  const text = `Number ${k} of the ${grid} is ${value}. It goes into ${into} of the transformed ${grid}.`;
  return { lines: [], text, lit: { [`transformed ${grid}`]: goes } };
}

const product = (steps, k) => [
  number("input", steps.signal.re[k]),
  " \u00b7 ",
  number("kernel", steps.kernel.re[k]),
  ` = ${rounded(steps.products.re[k])}`,
];

function row(matrix, k, values, role, result) {
  const factors = matrix[k].map(fraction);
  const lit = every(factors.length).filter((j) => factors[j] !== 0);
  return { line: [...combination(factors, matrix[k], values, role), ` = ${rounded(result)}`], lit };
}

const byWinograd = {
  "transformed signal": (steps, { x }, k) => {
    const { line, lit } = row(matricesFor(steps.n).BT, k, x, "input", steps.signal.re[k]);
    return { lines: [line], text: `Row ${k} of B\u1d40 times the signal.`, lit: { signal: lit } };
  },
  "transformed kernel": (steps, { w }, k) => {
    const { line, lit } = row(matricesFor(steps.n).G, k, w, "kernel", steps.kernel.re[k]);
    const text = `Row ${k} of G times the kernel. It is done once, however long the signal is.`;
    return { lines: [line], text, lit: { kernel: lit } };
  },
  products: (steps, _, k) => {
    const many = (steps.n - TAPS + 1) * TAPS;
    const text = `One of ${steps.n} products. Directly, ${steps.n - TAPS + 1} outputs take ${many}.`;
    return {
      lines: [product(steps, k)],
      text,
      lit: { "transformed signal": [k], "transformed kernel": [k] },
    };
  },
  output: (steps, given, t) => {
    const { line, lit } = row(matricesFor(steps.n).AT, t, steps.products.re, "padding", steps.output.re[t]);
    const text = `Row ${t} of A\u1d40 times the products. It is what the window gives directly, in the second line.`;
    return { lines: [line, directly(given, window(steps, t), steps.n)], text, lit: { products: lit } };
  },
};

// What the window gives by its products; beyond the signal there are zeros.
function directly({ x, w }, { places }, n) {
  const parts = places.flatMap((place, u) => [
    u ? " + " : "",
    place >= 0 && place < n ? number("input", x[place]) : span("padding", "0"),
    "\u00b7",
    number("kernel", w[u]),
  ]);
  const sum = places.reduce((total, place, u) => total + (x[place] ?? 0) * w[u], 0);
  return [...parts, " = ", span("output", rounded(sum))];
}

const transformed = (role, of, sign) => (steps, given, k) => {
  const values = of(given);
  const { re, im } = steps[role === "input" ? "signal" : "kernel"];
  const cos = cosines(values.length, (j) => turn(j * k, steps.length)[0]);
  const sin = cosines(values.length, (j) => sign * turn(j * k, steps.length)[1]);
  const lines = [
    ["real: ", ...sumOf(cos, values, role), ` = ${rounded(re[k])}`],
    ["imaginary: ", ...sumOf(sin, values, role), ` = ${rounded(im[k])}`],
  ];
  const name = role === "input" ? "signal" : "kernel";
  const flipped =
    role === "kernel" ? " Its imaginary part has the other sign: the window is not flipped." : "";
  const text = `Frequency ${k}: the ${name} times a cosine and a sine that go round ${k} times in ${steps.length}.${flipped}`;
  return { lines, text, lit: { [name]: every(values.length) } };
};

const byFourier = {
  "transformed signal": transformed("input", ({ x }) => x, -1),
  "transformed kernel": transformed("kernel", ({ w }) => w, 1),
  products: (steps, _, k) => {
    const [a, b, c, d] = [steps.signal.re, steps.signal.im, steps.kernel.re, steps.kernel.im].map(
      (all) => all[k],
    );
    const pair = (role, one, sign, other) => [number(role[0], one), "\u00b7", number(role[1], other)];
    const roles = ["input", "kernel"];
    const lines = [
      [
        "real: ",
        ...pair(roles, a, 1, c),
        ` ${MINUS} `,
        ...pair(roles, b, 1, d),
        ` = ${rounded(steps.products.re[k])}`,
      ],
      [
        "imaginary: ",
        ...pair(roles, a, 1, d),
        " + ",
        ...pair(roles, b, 1, c),
        ` = ${rounded(steps.products.im[k])}`,
      ],
    ];
    const text = `Frequency ${k}: two complex numbers multiplied, which takes four products of real ones.`;
    return { lines, text, lit: { "transformed signal": [k], "transformed kernel": [k] } };
  },
  output: (steps, given, t) => {
    const { length, products } = steps;
    const cos = cosines(length, (k) => turn(k * t, length)[0]);
    const sin = cosines(length, (k) => -turn(k * t, length)[1]);
    const lines = [
      ["(", ...sumOf(cos, products.re, "padding")],
      [" + ", ...sumOf(sin, products.im, "padding"), `) / ${length} = ${rounded(steps.output.re[t])}`],
    ];
    const where = window(steps, t);
    lines.push(["directly: ", ...directly(given, where, steps.n)]);
    return { lines, text: outputText(steps, given, t, where), lit: { products: every(length) } };
  },
};

function outputText({ n }, { x, w }, t, { start, wraps, places }) {
  if (wraps) {
    const right = places.reduce((sum, place, u) => sum + (place >= start ? x[place] * w[u] : 0), 0);
    return `The window from place ${t} runs over the end and goes on at the beginning: with zeros there it would give ${rounded(right)}.`;
  }
  const inside = start >= 0 && start + TAPS <= n;
  if (inside) return `The window from place ${t} lies in the signal: its output is what a layer gives.`;
  const side = start < 0 ? `begins ${-start} before the signal` : "reaches beyond the end";
  return `The window from place ${proseText(start)} ${side}, and meets zeros there: nothing wraps.`;
}
