// Layers as short words: "conv6k5p2" is six kernels of 5x5 with padding 2.

import facts from "./layers.json";

/** @typedef {{ kind: string } & Record<string, any>} Layer */

// KINDS: the settings of each, as name: [letter in a word, usual value (null: it must be given), smallest,
// largest].
export const { kinds: KINDS, names: NAMES, sides: SIDES, most_layers: MOST_LAYERS } = facts;
/** @type {[string, number][]} */
const UNITS = [
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
];
// What is added, and from where a layer that becomes one takes the settings that it did not have.
export const NEW = {
  conv: "conv16p1",
  maxpool: "maxpool2",
  avgpool: "avgpool2",
  relu: "relu",
  flatten: "flatten",
  linear: "linear10",
};

/**
 * @param {string} word
 * @returns {Layer | null} the layer that a word stands for
 */
export function parse(word) {
  const [, kind, first, rest] = /^([a-z]+)(\d*)((?:[a-z]\d+)*)$/.exec(word) ?? [];
  if (!Object.hasOwn(KINDS, kind ?? "")) return null;
  const given = new Map(first ? [["", first]] : []);
  const pairs = rest.match(/[a-z]\d+/g) ?? [];
  for (const pair of pairs) given.set(pair[0], pair.slice(1));
  if (given.size < pairs.length + (first ? 1 : 0)) return null;
  const layer = { kind };
  for (const [name, [letter, usual, min, max]] of Object.entries(KINDS[kind])) {
    const value = Number(given.get(letter) ?? layer[usual] ?? usual ?? NaN);
    if (!(value >= min && value <= max)) return null;
    given.delete(letter);
    layer[name] = value;
  }
  return given.size ? null : layer;
}

/**
 * @param {Layer} layer
 * @returns {string} the shortest word for it
 */
export function write(layer) {
  let word = layer.kind;
  for (const [name, [letter, usual]] of Object.entries(KINDS[layer.kind])) {
    if (layer[name] !== (layer[usual] ?? usual)) word += letter + layer[name];
  }
  return word;
}

/**
 * @param {Layer} layer - of its kind, with the settings of another
 * @returns {Layer} those that other kinds have go, those that it lacks are the usual ones
 */
export function become({ kind, ...given }) {
  const layer = { kind };
  for (const [name, [, usual]] of Object.entries(KINDS[kind])) {
    layer[name] = given[name] ?? layer[usual] ?? usual ?? parse(NEW[kind])?.[name];
  }
  return layer;
}

/**
 * @param {string} text - as in an address, "1x28x28,conv6k5p2"
 * @returns {{ input_shape: number[], stack: string[] } | null} null if it is not understood
 */
export function readStack(text) {
  const [shape, ...words] = text.split(",");
  const sides = /^\d{1,6}x\d{1,6}x\d{1,6}$/.test(shape) ? shape.split("x").map(Number) : [];
  const layers = words.map(parse);
  const fits =
    sides.length && Object.values(SIDES).every((most, axis) => sides[axis] >= 1 && sides[axis] <= most);
  return fits && layers.every(Boolean) && layers.length <= MOST_LAYERS
    ? { input_shape: sides, stack: layers.map((layer) => write(/** @type {Layer} */ (layer))) }
    : null;
}

/**
 * @param {number[]} shape
 * @param {string[]} stack
 * @returns {string}
 */
export const writeStack = (shape, stack) => [shape.join("x"), ...stack].join(",");

const count = (n, one) => `${commas(n)} ${one}${n === 1 ? "" : "s"}`;
/**
 * @param {number} n
 * @returns {string}
 */
export const commas = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * @param {Layer} layer
 * @returns {string} its settings in words, the usual ones left out
 */
export function details(layer) {
  const { kind, kernel_size: k } = layer;
  const parts = [];
  if (kind === "linear") parts.push(count(layer.features, "feature"));
  if (k) parts.push(`${k}\u00d7${k}`);
  if (kind === "conv") parts.push(count(layer.channels, "channel"));
  const usual = { stride: kind === "conv" ? 1 : k, padding: 0, dilation: 1 };
  for (const name of Object.keys(usual))
    if ((layer[name] ?? usual[name]) !== usual[name]) parts.push(`${name} ${layer[name]}`);
  if (layer.groups > 1) parts.push(`${layer.groups} groups`);
  if (layer.bias === 0) parts.push("no bias");
  return parts.join(", ");
}

/**
 * @param {number} bytes
 * @returns {string} rounded to a tenth by whole numbers, as Python does
 */
export function bytesText(bytes) {
  for (const [unit, size] of UNITS) {
    if (bytes < size) continue;
    const tenths = Math.floor((10 * bytes + size / 2) / size);
    return `${commas(Math.floor(tenths / 10))}.${tenths % 10} ${unit}`;
  }
  return `${bytes} B`;
}

/**
 * @param {number[]} shape
 * @returns {string}
 */
export const shapeText = (shape) => shape.join(" \u00d7 ");

/**
 * @param {number[]} dropped - rows and columns
 * @param {number} padding
 * @returns {string} where the floor drops no more than padding, it says so
 */
export function droppedText(dropped, padding) {
  const words = ["row", "column"].flatMap((what, axis) =>
    dropped[axis] ? [count(dropped[axis], what)] : [],
  );
  return words.length ? words.join(", ") + (Math.max(...dropped) <= padding ? " of padding" : "") : "\u2013";
}

/**
 * @param {{ shape: number[], jump: number }} row
 * @returns {string}
 */
export const jumpText = ({ shape, jump }) => (shape.length > 1 && jump > 1 ? `jump ${jump}` : "");
