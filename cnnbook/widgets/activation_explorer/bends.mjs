// The activations and their slopes, a map of edges, and the sizes that many layers leave.
import { erfc } from "./erfc.mjs";
import facts from "./facts.json";

/** @typedef {(x: number, leak: number) => number} Bend */

/** @type {Bend} */
const sigmoid = (x) => {
  const small = Math.exp(-Math.abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
};

/** @type {Bend} */
const gate = (x) => erfc(-x / Math.SQRT2) / 2;
/** @type {Bend} */
const bell = (x) => Math.exp(-x * x);

// Each with its slope; at a corner the slope is that of the left side, as in PyTorch.
/** @type {Record<string, [Bend, Bend]>} */
export const BENDS = {
  relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
  leaky_relu: [(x, leak) => (x > 0 ? x : leak * x), (x, leak) => (x > 0 ? 1 : leak)],
  elu: [(x) => (x > 0 ? x : Math.expm1(x)), (x) => (x > 0 ? 1 : Math.exp(x))],
  softplus: [(x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), sigmoid],
  silu: [(x) => x * sigmoid(x, 0), (x) => sigmoid(x, 0) * (1 + x * sigmoid(-x, 0))],
  gelu: [(x) => x * gate(x, 0), (x) => gate(x, 0) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)],
  sigmoid: [sigmoid, (x) => sigmoid(x, 0) * sigmoid(-x, 0)],
  tanh: [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
  gaussian: [bell, (x) => -2 * bell(x, 0) * x],
};

const PLACES = Float64Array.from({ length: 360 }, (_, k) => -9 + (18 * k) / 359);
const WEIGHTS = PLACES.map((z) => Math.exp((-z * z) / 2));
const total = WEIGHTS.reduce((sum, weight) => sum + weight);
WEIGHTS.forEach((weight, k) => {
  WEIGHTS[k] = weight / total;
});

// As cnnbook.depth.expected_sizes: the size of the signal in each layer, and of the gradient.
/**
 * @param {string} name
 * @param {number} leak
 * @param {number} gain
 * @param {number} depth
 * @returns {{ signal: number[], gradient: number[] }}
 */
export function expectedSizes(name, leak, gain, depth) {
  const [f, slope] = BENDS[name];
  const squares = [gain];
  const factors = [];
  for (let layer = 0; layer < depth; layer += 1) {
    const spread = Math.sqrt(squares[layer]);
    let [kept, steep] = [0, 0];
    for (let k = 0; k < PLACES.length; k += 1) {
      const s = spread * PLACES[k];
      kept += WEIGHTS[k] * f(s, leak) ** 2;
      steep += WEIGHTS[k] * slope(s, leak) ** 2;
    }
    squares.push(gain * kept);
    factors.push(gain * steep);
  }
  const back = [1];
  for (let layer = depth - 2; layer >= 0; layer -= 1) back.unshift(back[0] * factors[layer]);
  return { signal: squares.slice(0, depth).map(Math.sqrt), gradient: back.map(Math.sqrt) };
}

// The vertical edges of the middle of a grey picture, divided by their size.
/**
 * @param {{ shape: number[], planes: Float64Array[] }} grey
 * @returns {{ shape: number[], data: Float64Array }}
 */
export function edgesOf({ shape: [H, W], planes: [pixels] }) {
  const [h, w] = [Math.min(facts.side, H), Math.min(facts.side, W)];
  const start = Math.floor((H - h) / 2) * W + Math.floor((W - w) / 2);
  const data = new Float64Array((h - 2) * (w - 2));
  let squares = 0;
  for (let i = 0, at = 0; i < h - 2; i += 1) {
    for (let j = 0; j < w - 2; j += 1, at += 1) {
      let sum = 0;
      for (let u = 0; u < 9; u += 1) {
        sum += facts.kernel[u] * pixels[start + (i + Math.floor(u / 3)) * W + j + (u % 3)];
      }
      data[at] = sum;
      squares += sum * sum;
    }
  }
  const size = Math.sqrt(squares / data.length) || 1;
  return { shape: [h - 2, w - 2], data: data.map((value) => value / size) };
}

// How many numbers lie in each bin; what lies beyond the ends is in the last ones.
/**
 * @param {Float64Array} data
 * @returns {number[]}
 */
export function histogram(data) {
  const { bins, reach } = facts;
  const counts = Array.from({ length: bins }, () => 0);
  for (let k = 0; k < data.length; k += 1) {
    const bin = Math.floor((data[k] + reach) * (bins / (2 * reach)));
    counts[Math.min(Math.max(bin, 0), bins - 1)] += 1;
  }
  return counts;
}
