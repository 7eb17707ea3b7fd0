// What an Im2colExplorer says: a sentence, and the sum or the list behind it.
import { h, span } from "../shared/dom.mjs";
import { inBrackets, plural, proseText } from "../shared/numbers.mjs";
import { whereIs, windowOf } from "./columns.mjs";

const MOST = 24;

function listed(items) {
  const rest = items.length - MOST;
  return items.slice(0, MOST).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/**
 * @param {object} state
 * @returns {Record<string, Function>} the names that things have in the present arrangement
 */
export function namesOf({ g, kind }) {
  const many = g.N > 1 && kind !== "batch last";
  const number = (n, l) => (kind === "batch last" ? l * g.N + n : l);
  const line = kind === "rows" ? "row" : "column";
  const index = (name, n, q, l) =>
    `${name}${many ? `[${n}]` : ""}${kind === "rows" ? `[${l}, ${q}]` : `[${q}, ${number(n, l)}]`}`;
  const single = g.N * g.C === 1;
  return {
    line,
    windowLine: (n, l) => `${line} ${number(n, l)}${many ? ` of columns[${n}]` : ""}`,
    lines: (entries) =>
      listed(entries.map((entry) => `${number(Math.floor(entry / (g.Q * g.L)), entry % g.L)}`)),
    entry: (entry) =>
      index("columns", Math.floor(entry / (g.Q * g.L)), Math.floor(entry / g.L) % g.Q, entry % g.L),
    product: (n, f, l) => index("products", n, f, l),
    pixel: (name, { n, c, row, column }) => `${name}[${single ? "" : `${n}, ${c}, `}${row}, ${column}]`,
    filterLine: (f) => `${kind === "rows" ? "column" : "row"} ${f} of the filters`,
    weight: (f, q) => (kind === "rows" ? `filters[${q}, ${f}]` : `filters[${f}, ${q}]`),
  };
}

const value = (state, entry) =>
  state.pixels[entry] < 0 ? span("padding", "0") : span("input", inBrackets(state.values[entry]));
const columnOf = ({ g }, n, l) => Array.from({ length: g.Q }, (_, q) => (n * g.Q + q) * g.L + l);

function sum(name, terms, role, result) {
  const shown = terms
    .slice(0, MOST)
    .flatMap((term, k) => [
      k ? h("span", { class: "cnn-plus" }, "+") : "",
      h("span", { class: "cnn-chunk" }, term),
    ]);
  if (terms.length > MOST) shown.push(` + ${terms.length - MOST} more`);
  return [`${name} = `, ...shown, " = ", span(role, result)];
}

/**
 * @param {object} state
 * @param {{ kind: string }} shown
 * @returns {{ terms: (string | Node)[], text: string }} the sum, and what it says in words
 */
export function explain(state, shown) {
  return SAY[shown.kind](state, namesOf(state), shown);
}

function windowText(state, names, { n, l }) {
  const { g, back, pixels, done } = state;
  const entries = columnOf(state, n, l);
  const zeros = entries.filter((entry) => pixels[entry] < 0).length;
  const terms = [
    `${names.windowLine(n, l)}: `,
    ...entries.slice(0, MOST).flatMap((entry, k) => [k ? ", " : "", value(state, entry)]),
  ];
  if (entries.length > MOST) terms.push(` and ${entries.length - MOST} more`);
  const line = names.windowLine(n, l);
  const at = n * g.L + l;
  if (!back)
    return {
      terms,
      text: `Window ${at + 1} of ${g.N * g.L} is ${line}${zeros ? `; ${zeros} of its ${g.Q} numbers are zeros of the padding` : ""}.`,
    };
  const out = zeros ? ` ${zeros} of its ${g.Q} numbers belong to the padding and are left out.` : "";
  const when = at === done - 1 ? "is added now" : at < done ? "has been added" : "is yet to be added";
  return {
    terms,
    text: `${line[0].toUpperCase()}${line.slice(1)} ${when}; ${done} of ${g.N * g.L} are in.${out}`,
  };
}

function productText(state, names, { n, f, l }) {
  const { g, weight, products } = state;
  const terms = columnOf(state, n, l).map((entry, q) => [
    span("kernel", inBrackets(weight.data[f * g.Q + q])),
    "\u00b7",
    value(state, entry),
  ]);
  const result = proseText(products[(n * g.F + f) * g.L + l]);
  const where = [...(g.N * g.F > 1 ? [n, f] : []), Math.floor(l / g.W_out), l % g.W_out].join(", ");
  return {
    terms: sum(names.product(n, f, l), terms, "output", result),
    text: `${names.product(n, f, l)} is ${result}: ${names.filterLine(f)} times ${names.windowLine(n, l)}. It becomes output[${where}].`,
  };
}

function weightText(state, names, { f, q }) {
  const {
    g,
    weight: { data },
  } = state;
  const [mine, other] = names.line === "row" ? ["column", "column"] : ["row", "row"];
  const text = `${names.weight(f, q)} is ${proseText(data[f * g.Q + q])}. It multiplies ${mine} ${q} of the columns, into ${other} ${f} of the products: ${plural(g.N * g.L, "product")}.`;
  return { terms: [names.weight(f, q), " = ", span("kernel", proseText(data[f * g.Q + q]))], text };
}

function droppedText({ g, x }, names, { places }) {
  const pixels = places.map((place) => whereIs(g, place).pixel);
  const held = (pixel) => (pixel < 0 ? span("padding", "0") : span("input", inBrackets(x.data[pixel])));
  const terms = ["dropped: ", ...pixels.slice(0, MOST).flatMap((pixel, k) => [k ? ", " : "", held(pixel)])];
  return { terms, text: `This ${names.line} is dropped: stride ${g.stride} passes over its window.` };
}

function copiesText(state, names, { place, entry }) {
  const { g, back, values, done } = state;
  const all = state.copies[place];
  const where = whereIs(g, place);
  const own = where.pixel < 0;
  const name = own ? "a zero of the padding" : names.pixel("input", where);
  const number = own ? 0 : state.x.data[where.pixel];
  const lines = `${plural(all.length, names.line)}${all.length ? `: ${names.lines(all)}` : ""}`;
  const from = entry === undefined ? "" : `${names.entry(entry)} is ${name}. `;
  if (back && !own) {
    const added = all.filter((one) => windowOf(g, one) < done);
    const total = added.reduce((sums, one) => sums + values[one], 0);
    const terms = added.length
      ? sum(
          names.pixel("sums", where),
          added.map((one) => [value(state, one)]),
          "output",
          proseText(total),
        )
      : [`${names.pixel("sums", where)} = `, span("output", "0")];
    return {
      terms,
      text: `${from}${names.pixel("sums", where)} has ${added.length} of its ${plural(all.length, "copy", "copies")}${all.length ? `, from ${lines}` : ": no window reaches it"}.`,
    };
  }
  const chips = all.slice(0, MOST).map((one) => h("span", { class: "cnn-chip" }, names.entry(one)));
  const terms = [
    own ? span("padding", "0") : span("input", proseText(number)),
    all.length ? " stands at " : " stands nowhere",
    ...chips,
  ];
  const what = own
    ? `${from ? "That place" : "This place"} stands in`
    : from
      ? "That pixel stands in"
      : `${name} is ${proseText(number)}. It stands in`;
  return { terms, text: `${from}${what} ${all.length ? lines : `no ${names.line}: no window reaches it`}.` };
}

const SAY = {
  window: windowText,
  product: productText,
  weight: weightText,
  copies: copiesText,
  dropped: droppedText,
};

/**
 * @param {object} state
 * @returns {string[]}
 */
export function shapesText({ g, kind }) {
  const shape = (...sizes) => `(${sizes.join(", ")})`;
  const matrix = (Q) =>
    kind === "rows" ? shape(g.N, g.L, Q) : kind === "batch last" ? shape(Q, g.L * g.N) : shape(g.N, Q, g.L);
  const filters = kind === "rows" ? shape(g.Q, g.F) : shape(g.F, g.Q);
  const [entries, pixels] = [g.N * g.Q * g.L, g.N * g.C * g.H * g.W];
  return [
    `input ${shape(g.N, g.C, g.H, g.W)}, columns ${matrix(g.Q)}, filters ${filters}, products ${matrix(g.F)}, output ${shape(g.N, g.F, g.H_out, g.W_out)}.`,
    `The columns hold ${entries} numbers, the input ${pixels}: ${+(entries / pixels).toPrecision(4)} times as many.`,
  ];
}
