// The arithmetic of a sliding window on one picture: the same numbers as cnnbook's, without a kernel process.
import { outputSize } from "../shared/sizes.mjs";
import { origins } from "./borders.mjs";

/**
 * @typedef {{ H: number, W: number, K_h: number, K_w: number, H_out: number, W_out: number, stride: number,
 * padding: number, dilation: number, flip: boolean, mode: string, key: string,
 * rows: number[], columns: number[] }} Geometry
 * @typedef {{ row: number, column: number, padded: boolean, pixel: number, weight: number }} Term
 * @typedef {{ rows: number[], columns: number[] }} Visits
 */

// g describes a whole setting: sizes, stride, padding and so on, `mode`, what stands in the padding, and by
// `rows` and `columns` which row and column of the input each one of the padded input holds. Settings with
// the same `key` are the same.
/**
 * @param {{ shape: number[] }} image
 * @param {{ shape: number[] }} kernel
 * @param {{ stride: number, padding: number, dilation: number, flip: boolean, mode?: string }} steps
 * @returns {Geometry}
 */
export function geometry(image, kernel, { stride, padding, dilation, flip, mode = "zeros" }) {
  const [H, W] = image.shape;
  const [K_h, K_w] = kernel.shape;
  const H_out = outputSize(H, K_h, stride, padding, dilation);
  const W_out = outputSize(W, K_w, stride, padding, dilation);
  const g = { H, W, K_h, K_w, H_out, W_out, stride, padding, dilation, flip, mode };
  return {
    ...g,
    key: Object.values(g).join(),
    rows: origins(H, padding, mode),
    columns: origins(W, padding, mode),
  };
}

// Which pixel stands at a place of the padded input (row and column count from the input's own first): -1 if
// it is a zero.
/**
 * @param {Geometry} g
 * @param {number} row
 * @param {number} column
 * @returns {number}
 */
export function pixelAt(g, row, column) {
  const [i, j] = [g.rows[row + g.padding], g.columns[column + g.padding]];
  return i < 0 || j < 0 ? -1 : i * g.W + j;
}

// How many windows more there are before the first one, along a side, where only the padding grew: all others
// keep their numbers, or nearly all.
/**
 * @param {Geometry} from
 * @param {Geometry} to
 * @returns {number}
 */
export function earlier(from, to) {
  const same = ["H", "W", "K_h", "K_w", "stride", "dilation"].every((name) => from[name] === to[name]);
  const more = (to.padding - from.padding) / to.stride;
  return same && Number.isInteger(more) && Math.min(from.H_out, from.W_out) + more > 0 ? more : 0;
}

// The products of one window, in the window's order. `pixel` is -1 at a zero of the padding; `padded` marks
// all of the padding.
/**
 * @param {Geometry} g
 * @param {number} position
 * @returns {Term[]}
 */
export function windowTerms(g, position) {
  const top = Math.floor(position / g.W_out) * g.stride - g.padding;
  const left = (position % g.W_out) * g.stride - g.padding;
  const terms = [];
  for (let u = 0; u < g.K_h; u += 1) {
    for (let v = 0; v < g.K_w; v += 1) {
      const row = top + u * g.dilation;
      const column = left + v * g.dilation;
      const padded = row < 0 || row >= g.H || column < 0 || column >= g.W;
      const weight = g.flip ? (g.K_h - 1 - u) * g.K_w + (g.K_w - 1 - v) : u * g.K_w + v;
      terms.push({ row, column, padded, pixel: pixelAt(g, row, column), weight });
    }
  }
  return terms;
}

/**
 * @param {{ data: Float64Array }} image
 * @param {{ data: Float64Array }} kernel
 * @param {Geometry} g
 * @returns {import("../shared/arrays.mjs").Numbers}
 */
export function correlate(image, kernel, g) {
  const weights = g.flip ? kernel.data.slice().reverse() : kernel.data;
  const data = new Float64Array(g.H_out * g.W_out);
  for (let position = 0; position < data.length; position += 1) {
    const top = Math.floor(position / g.W_out) * g.stride;
    const left = (position % g.W_out) * g.stride;
    let sum = 0;
    for (let u = 0; u < g.K_h; u += 1) {
      const row = g.rows[top + u * g.dilation];
      if (row < 0) continue;
      for (let v = 0; v < g.K_w; v += 1) {
        const column = g.columns[left + v * g.dilation];
        if (column >= 0) sum += image.data[row * g.W + column] * weights[u * g.K_w + v];
      }
    }
    data[position] = sum;
  }
  return { dtype: "float64", shape: [g.H_out, g.W_out], data };
}

// Every meeting of a pixel and a weight that passes the test: { position, pixel, weight, row, column, padded
// }.
/**
 * @param {Geometry} g
 * @param {(term: Term) => boolean} test
 * @returns {(Term & { position: number })[]}
 */
export function meetings(g, test) {
  const found = [];
  for (let position = 0; position < g.H_out * g.W_out; position += 1) {
    for (const term of windowTerms(g, position)) if (test(term)) found.push({ position, ...term });
  }
  return found;
}

// In how many windows of one direction each row (or column) of the padded input lies; index 0 is the first
// padded one.
function visits(n, kernelSize, count, { stride, padding, dilation }) {
  const times = Array.from({ length: n + 2 * padding }, () => 0);
  for (let start = 0; start < count; start += 1) {
    for (let u = 0; u < kernelSize; u += 1) times[start * stride + u * dilation] += 1;
  }
  return times;
}

// The same for the input's own rows: a copy in the padding counts for the row that it copies, a zero for
// none.
function countedFor(n, origin, times) {
  const counts = Array.from({ length: n }, () => 0);
  origin.forEach((i, place) => {
    if (i >= 0) counts[i] += times[place];
  });
  return counts;
}

// How often the windows meet each row and each column of the padded input, and by `times` the input's own.
/**
 * @param {Geometry} g
 * @returns {Visits & { times: Visits }}
 */
export function covered(g) {
  const rows = visits(g.H, g.K_h, g.H_out, g);
  const columns = visits(g.W, g.K_w, g.W_out, g);
  const times = { rows: countedFor(g.H, g.rows, rows), columns: countedFor(g.W, g.columns, columns) };
  return { rows, columns, times };
}

// How often they meet each pixel.
/**
 * @param {{ H: number, W: number }} g
 * @param {Visits} times
 * @returns {Float64Array}
 */
export const coverage = ({ H, W }, { rows, columns }) =>
  Float64Array.from({ length: H * W }, (_, i) => rows[Math.floor(i / W)] * columns[i % W]);
