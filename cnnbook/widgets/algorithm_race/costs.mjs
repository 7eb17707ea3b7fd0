// What the algorithms for one layer cost, as cnnbook/costs counts it: square pictures, no padding.

/**
 * @typedef {{ multiplications: number, additions: number, memory: number }} Cost
 * @typedef {{ kernel: number, size: number, channels: number, filters: number, batch: number,
 *   stride: number }} Layer
 */

const M = 4; // rows and columns of outputs in one of Winograd's tiles
// Multiplications and additions of F(4, 3)'s matrices times a vector.
const WINOGRAD = { AT: [6, 14], G: [13, 8], BT: [12, 16] };

/**
 * @param {[number, [number, number]][]} parts - so many times, multiplications and additions
 * @param {number} memory
 * @returns {Cost}
 */
function total(parts, memory) {
  const [multiplications, additions] = [0, 1].map((k) =>
    parts.reduce((sum, [times, one]) => sum + times * one[k], 0),
  );
  return { multiplications, additions, memory };
}

// The numbers of pictures, kernels and outputs.
function ends({ kernel, size, channels, filters, batch, stride }) {
  const out = Math.floor((size - kernel) / stride) + 1;
  const memory =
    batch * channels * size * size + filters * channels * kernel * kernel + batch * filters * out * out;
  return { out, memory };
}

/**
 * @param {Layer} layer
 * @returns {Cost}
 */
export function direct(layer) {
  const { out, memory } = ends(layer);
  const terms = layer.channels * layer.kernel ** 2;
  return total([[layer.batch * layer.filters * out * out, [terms, terms - 1]]], memory);
}

/**
 * @param {Layer} layer
 * @returns {Cost}
 */
export function im2col(layer) {
  const { out, memory } = ends(layer);
  const columns = layer.channels * layer.kernel ** 2 * layer.batch * out * out;
  return { ...direct(layer), memory: memory + columns };
}

/**
 * @param {Layer} layer
 * @returns {Cost | null} null where it cannot
 */
export function winograd(layer) {
  const { channels: C, filters: D, batch: N, kernel, stride } = layer;
  if (kernel !== 3 || stride !== 1) return null;
  const { out, memory } = ends(layer);
  const T = Math.ceil(out / M) ** 2;
  const t = M + 2;
  const parts = [
    [D * C * (3 + t), WINOGRAD.G],
    [N * C * T * 2 * t, WINOGRAD.BT],
    [N * D * T * t * t, [C, C - 1]],
    [N * D * T * (t + M), WINOGRAD.AT],
  ];
  return total(/** @type {any} */ (parts), memory + t * t * (D * C + N * C * T + N * D * T));
}

const fastLengths = new Map();
/**
 * @param {number} n
 * @returns {number} the smallest length from n on with no prime factor above 5
 */
export function fastLength(n) {
  let length = fastLengths.get(n);
  for (let next = n; length === undefined; next += 1) {
    let rest = next;
    for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
    if (rest === 1) length = next;
  }
  fastLengths.set(n, length);
  return length;
}

const SMALLEST = { 2: [0, 4], 3: [4, 12], 5: [16, 32] };
const complexCosts = new Map([[1, [0, 0]]]);
/**
 * @param {number} n
 * @returns {number[]} multiplications and additions of a transform of n complex numbers
 */
export function complexCost(n) {
  if (complexCosts.has(n)) return complexCosts.get(n);
  const p = [2, 3, 5].find((prime) => n % prime === 0);
  const m = n / p;
  let turns = 0;
  for (let j = 1; j < p; j += 1) for (let k = 1; k < m; k += 1) turns += Number((4 * j * k) % n > 0);
  const part = complexCost(m);
  const cost = [0, 1].map((k) => p * part[k] + turns * (k ? 2 : 4) + m * SMALLEST[p][k]);
  complexCosts.set(n, cost);
  return cost;
}

/**
 * @param {number} n
 * @param {{ real?: boolean, inverse?: boolean }} kind
 * @returns {[number, number]}
 */
export function transform(n, { real = false, inverse = false }) {
  const [multiplications, additions] = complexCost(n);
  const scaled = inverse && n > 1 ? 2 * n : 0;
  if (!real) return [multiplications + scaled, additions];
  const apart = 2 * Math.floor((n - 1) / 2);
  return [multiplications / 2 + (inverse ? scaled / 2 : apart), additions / 2 + apart];
}

// How many outputs a tile should give along one axis.
function bestStep(out, span, tiles, kernels) {
  const most = fastLength(out + span - 1);
  const sizes = new Set([most]);
  for (let n = span; n < 4 * span; n += 1) sizes.add(fastLength(n));
  for (let k = 2; k < 12; k += 1) sizes.add(fastLength(span * 2 ** k));
  let [best, least] = [0, Infinity];
  for (const size of sizes) {
    const work = (Math.ceil(out / (size - span + 1)) * tiles + kernels) * size * Math.log2(size + 1);
    if (size <= most && work < least) [best, least] = [size, work];
  }
  return best - span + 1;
}

/**
 * @param {Layer} layer
 * @returns {Cost}
 */
export function fft(layer) {
  const { channels: C, filters: D, batch: N, kernel, stride } = layer;
  const { out, memory } = ends(layer);
  const whole = (out - 1) * stride + 1;
  const step = bestStep(whole, kernel, N * (C + D), D * C);
  const T = Math.ceil(whole / step) ** 2;
  const L = step + kernel - 1;
  const half = Math.floor(L / 2) + 1;
  const row = transform(L, { real: true });
  const column = transform(L, {});
  const parts = [
    [N * C * T * L, row],
    [N * C * T * half, column],
    [D * C * kernel, row],
    [D * C * half, column],
    [N * T * D * L * half, [4 * C, 2 * C + 2 * (C - 1)]],
    [N * D * T * half, transform(L, { inverse: true })],
    [N * D * T * L, transform(L, { real: true, inverse: true })],
  ];
  const spectra = 2 * L * half * (N * C * T + D * C + N * D * T);
  return total(/** @type {any} */ (parts), memory + spectra);
}

/**
 * @param {Layer} layer
 * @returns {Record<string, Cost | null>}
 */
export const costs = (layer) => ({
  direct: direct(layer),
  im2col: im2col(layer),
  FFT: fft(layer),
  Winograd: winograd(layer),
});

/**
 * @param {Cost} cost
 * @param {string} count
 * @returns {number}
 */
export const counted = (cost, count) =>
  count === "operations" ? cost.multiplications + cost.additions : cost[count];

/**
 * @param {Record<string, Cost | null>} all
 * @param {string} count
 * @returns {string[]} more than one if they tie
 */
export function cheapest(all, count) {
  const able = Object.entries(all).filter(([, cost]) => cost);
  const least = Math.min(...able.map(([, cost]) => counted(cost, count)));
  return able.filter(([, cost]) => counted(cost, count) === least).map(([name]) => name);
}

/**
 * @param {number} count
 * @param {string[]} units
 * @returns {string} to three digits, in words
 */
export function short(count, units) {
  if (count < 1000) return String(count);
  let power = String(count).length - 3;
  let digits = Math.floor(count / 10 ** power + 0.5);
  if (digits === 1000) [digits, power] = [100, power + 1];
  const unit = Math.ceil(power / 3);
  const places = 3 * unit - power;
  return `${(digits / 10 ** places).toFixed(places)}${units[unit]}`;
}
