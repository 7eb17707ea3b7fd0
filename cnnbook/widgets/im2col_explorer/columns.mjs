// The windows of a batch as columns, entry by entry: the same order as cnnbook.im2col's. An entry is (n * Q +
// q) * L + l; a place is a pixel of the padded pictures, ((n * C + c) * P_h + row) * P_w + column.
import { outputSize } from "../shared/sizes.mjs";
import facts from "./facts.json";

/**
 * @typedef {Record<"N" | "C" | "H" | "W" | "F" | "K_h" | "K_w" | "H_out" | "W_out" | "P_h" | "P_w" |
 * "stride" | "padding" | "dilation" | "Q" | "L", number>} Geometry
 */

const { most: MOST } = facts;

/**
 * @param {{ shape: number[] }} x
 * @param {{ shape: number[] }} weight
 * @param {{ stride: number, padding: number, dilation: number }} steps
 * @returns {Geometry}
 */
export function geometry(x, weight, { stride, padding, dilation }) {
  const [N, C, H, W] = x.shape;
  const [F, , K_h, K_w] = weight.shape;
  const H_out = outputSize(H, K_h, stride, padding, dilation);
  const W_out = outputSize(W, K_w, stride, padding, dilation);
  const [P_h, P_w] = [H + 2 * padding, W + 2 * padding];
  return {
    N,
    C,
    H,
    W,
    F,
    K_h,
    K_w,
    H_out,
    W_out,
    P_h,
    P_w,
    stride,
    padding,
    dilation,
    Q: C * K_h * K_w,
    L: H_out * W_out,
  };
}

/**
 * @param {Geometry} g
 * @param {number} n
 * @param {number} q
 * @param {number} l
 * @returns {number}
 */
export function placeOf(g, n, q, l) {
  const c = Math.floor(q / (g.K_h * g.K_w));
  const row = Math.floor(l / g.W_out) * g.stride + (Math.floor(q / g.K_w) % g.K_h) * g.dilation;
  const column = (l % g.W_out) * g.stride + (q % g.K_w) * g.dilation;
  return ((n * g.C + c) * g.P_h + row) * g.P_w + column;
}

// A place as { n, c, row, column, pixel }, rows and columns without the padding; pixel is -1 on it.
/**
 * @param {Geometry} g
 * @param {number} place
 * @returns {{ n: number, c: number, row: number, column: number, pixel: number }}
 */
export function whereIs(g, place) {
  const map = Math.floor(place / (g.P_h * g.P_w));
  const row = (Math.floor(place / g.P_w) % g.P_h) - g.padding;
  const column = (place % g.P_w) - g.padding;
  const inside = row >= 0 && row < g.H && column >= 0 && column < g.W;
  return {
    n: Math.floor(map / g.C),
    c: map % g.C,
    row,
    column,
    pixel: inside ? (map * g.H + row) * g.W + column : -1,
  };
}

// Where each entry comes from, and which entries come from each place.
/**
 * @param {Geometry} g
 * @returns {{ places: Int32Array, pixels: Int32Array, copies: number[][] }}
 */
export function unfold(g) {
  const places = new Int32Array(g.N * g.Q * g.L);
  const pixels = new Int32Array(places.length);
  /** @type {number[][]} */
  const copies = Array.from({ length: g.N * g.C * g.P_h * g.P_w }, () => []);
  for (let entry = 0; entry < places.length; entry += 1) {
    places[entry] = placeOf(g, Math.floor(entry / (g.Q * g.L)), Math.floor(entry / g.L) % g.Q, entry % g.L);
    pixels[entry] = whereIs(g, places[entry]).pixel;
    copies[places[entry]].push(entry);
  }
  for (const entries of copies) entries.sort((a, b) => windowOf(g, a) - windowOf(g, b));
  return { places, pixels, copies };
}

// Where the entries (n, q, l) of N matrices (Q, L) stand in an arrangement: one block, or one a picture.
/**
 * @param {string} kind
 * @param {{ N: number, L: number }} g
 * @param {number} Q
 * @returns {{ shape: number[], entries: number[][] }}
 */
export function arrangement(kind, { N, L }, Q) {
  const rows = kind === "rows";
  const last = kind === "batch last";
  const shape = rows ? [L, Q] : [Q, last ? L * N : L];
  const entryAt = (block, index) => {
    const i = Math.floor(index / shape[1]);
    const j = index % shape[1];
    if (rows) return (block * Q + j) * L + i;
    return last ? ((j % N) * Q + i) * L + Math.floor(j / N) : (block * Q + i) * L + j;
  };
  return {
    shape,
    entries: Array.from({ length: last ? 1 : N }, (_, block) =>
      Array.from({ length: shape[0] * shape[1] }, (__, index) => entryAt(block, index)),
    ),
  };
}

// Filters times columns: entry (n * F + f) * L + l, as the output's own order.
/**
 * @param {Geometry} g
 * @param {ArrayLike<number>} weight
 * @param {ArrayLike<number>} values
 * @returns {Float64Array}
 */
export function multiply(g, weight, values) {
  const data = new Float64Array(g.N * g.F * g.L);
  for (let n = 0; n < g.N; n += 1) {
    for (let f = 0; f < g.F; f += 1) {
      for (let l = 0; l < g.L; l += 1) {
        let sum = 0;
        for (let q = 0; q < g.Q; q += 1) sum += weight[f * g.Q + q] * values[(n * g.Q + q) * g.L + l];
        data[(n * g.F + f) * g.L + l] = sum;
      }
    }
  }
  return data;
}

// The columns of the first windows, picture by picture, added back: sums, and how many copies each pixel got.
/**
 * @param {Geometry} g
 * @param {ArrayLike<number>} pixels
 * @param {ArrayLike<number>} values
 * @param {number} windows
 * @returns {{ sums: Float64Array, counts: Float64Array }}
 */
export function addBack(g, pixels, values, windows) {
  const sums = new Float64Array(g.N * g.C * g.H * g.W);
  const counts = new Float64Array(sums.length);
  for (let entry = 0; entry < pixels.length; entry += 1) {
    if (pixels[entry] < 0 || windowOf(g, entry) >= windows) continue;
    sums[pixels[entry]] += values[entry];
    counts[pixels[entry]] += 1;
  }
  return { sums, counts };
}

// The number of an entry's window, picture by picture.
/**
 * @param {Geometry} g
 * @param {number} entry
 * @returns {number}
 */
export const windowOf = (g, entry) => Math.floor(entry / (g.Q * g.L)) * g.L + (entry % g.L);

// Why a setting is impossible, or null.
/**
 * @param {Geometry} g
 * @returns {string | null}
 */
export function refusal(g) {
  const sides = [
    { side: "height", n: g.P_h, k: g.K_h, out: g.H_out },
    { side: "width", n: g.P_w, k: g.K_w, out: g.W_out },
  ];
  for (const { side, n, k, out } of sides) {
    if (out < 1) {
      return `a window would span ${g.dilation * (k - 1) + 1} in ${side}, and the padded input has ${n}.`;
    }
  }
  for (const [name, rows] of Object.entries({ columns: g.Q, products: g.F })) {
    const count = rows * g.N * g.L;
    if (count > MOST) return `the ${name} would hold ${count} numbers, and at most ${MOST} can be shown.`;
  }
  return null;
}

/**
 * @param {Geometry} g
 * @param {any} arrays
 * @param {any} shown
 * @returns {Record<"places" | "entries" | "weights" | "products", Set<number>>} what lights up: places,
 * entries of the columns, weights f * Q + q, products (n * F + f) * L + l
 */
export function lightUp(g, { places, copies }, shown) {
  const lit = { places: new Set(), entries: new Set(), weights: new Set(), products: new Set() };
  const { kind, n, l, f, q } = shown;
  if (kind === "dropped") {
    lit.places = new Set(shown.places);
    return lit;
  }
  if (kind === "copies") {
    lit.places.add(shown.place);
    lit.entries = new Set(copies[shown.place]);
  } else if (kind === "weight") {
    lit.weights.add(f * g.Q + q);
    for (let m = 0; m < g.N; m += 1) {
      for (let k = 0; k < g.L; k += 1) {
        lit.entries.add((m * g.Q + q) * g.L + k);
        lit.products.add((m * g.F + f) * g.L + k);
      }
    }
  } else {
    for (let k = 0; k < g.Q; k += 1) {
      lit.entries.add((n * g.Q + k) * g.L + l);
      if (kind === "product") lit.weights.add(f * g.Q + k);
    }
    for (let k = 0; k < g.F; k += 1)
      if (kind === "window" || k === f) lit.products.add((n * g.F + k) * g.L + l);
  }
  if (kind !== "copies") for (const entry of lit.entries) lit.places.add(places[entry]);
  return lit;
}
