// A network and its gradients, by numbers alone: what cnnbook.layers computes, in the page.
//
// A layer is { kind, weight?, bias?, padding?, size? }; shared/network.py makes such a list of a network.
import { decode } from "./arrays.mjs";
import { conv2d, conv2dBackward, zeros } from "./conv2d.mjs";

/**
 * @typedef {import("./conv2d.mjs").Tensor} Tensor
 * @typedef {{ kind: string, weight?: Tensor, bias?: Tensor | null, padding?: number, size?: number }} LayerOf
 * @typedef {{ x: Tensor | null, weight?: Tensor, bias?: Tensor }} Gradients
 */

/**
 * @param {any[]} sent - the layers as they travel
 * @returns {LayerOf[]}
 */
export const layersOf = (sent) =>
  sent.map((layer) =>
    layer.weight ? { ...layer, weight: decode(layer.weight), bias: layer.bias && decode(layer.bias) } : layer,
  );

/** @type {(x: Tensor, f: (value: number, k: number) => number) => Tensor} */
const each = ({ shape, data }, f) => ({ shape, data: data.map(f) });

// The largest of each block of size by size, and where it stands in the input: of equal ones the first. Rows
// and columns that are left over belong to no block.
/**
 * @param {Tensor} x
 * @param {number} size
 * @returns {{ y: Tensor, winners: Int32Array }}
 */
export function maxPool({ shape: [N, C, H, W], data }, size) {
  const [tall, wide] = [Math.floor(H / size), Math.floor(W / size)];
  const y = zeros([N, C, tall, wide]);
  const winners = new Int32Array(y.data.length);
  for (let l = 0; l < winners.length; l += 1) {
    const [plane, place] = [Math.floor(l / (tall * wide)), l % (tall * wide)];
    const top = plane * H * W + Math.floor(place / wide) * size * W + (place % wide) * size;
    let best = top;
    for (let u = 0; u < size; u += 1) {
      for (let at = top + u * W; at < top + u * W + size; at += 1) if (data[at] > data[best]) best = at;
    }
    y.data[l] = data[best];
    winners[l] = best;
  }
  return { y, winners };
}

function maxPoolBackward(gradOut, x, size) {
  const { winners } = maxPool(x, size);
  const result = zeros(x.shape);
  for (let l = 0; l < winners.length; l += 1) result.data[winners[l]] += gradOut.data[l];
  return result;
}

function linear({ shape: [N, D], data }, { weight, bias }) {
  const O = weight.shape[0];
  const y = zeros([N, O]);
  for (let n = 0; n < N; n += 1) {
    for (let o = 0; o < O; o += 1) {
      let sum = 0;
      for (let d = 0; d < D; d += 1) sum += weight.data[o * D + d] * data[n * D + d];
      y.data[n * O + o] = sum + (bias ? bias.data[o] : 0);
    }
  }
  return y;
}

function linearBackward(gradOut, x, { weight }) {
  const [O, D] = weight.shape;
  const [gradX, gradWeight, gradBias] = [zeros(x.shape), zeros([O, D]), zeros([O])];
  for (let n = 0; n < x.shape[0]; n += 1) {
    for (let o = 0; o < O; o += 1) {
      const g = gradOut.data[n * O + o];
      gradBias.data[o] += g;
      for (let d = 0; d < D; d += 1) {
        gradWeight.data[o * D + d] += g * x.data[n * D + d];
        gradX.data[n * D + d] += g * weight.data[o * D + d];
      }
    }
  }
  return { x: gradX, weight: gradWeight, bias: gradBias };
}

const flat = ({ shape: [N, ...rest], data }) => ({
  shape: [N, rest.reduce((product, n) => product * n, 1)],
  data,
});

// Each kind: forward(x, layer), and backward(gradient, x, y, layer, needed), which gives { x, ... }.
const KINDS = {
  conv: {
    forward: (x, { weight, bias, padding = 0 }) => conv2d(x, weight, bias ?? null, padding),
    backward: (g, x, _y, { weight, padding = 0 }, needed) => conv2dBackward(g, x, weight, padding, needed),
  },
  relu: {
    forward: (x) => each(x, (value) => (value > 0 ? value : 0)),
    backward: (g, x) => ({ x: each(g, (value, k) => (x.data[k] > 0 ? value : 0)) }),
  },
  tanh: {
    forward: (x) => each(x, Math.tanh),
    backward: (g, _x, y) => ({ x: each(g, (value, k) => value * (1 - y.data[k] ** 2)) }),
  },
  maxpool: {
    forward: (x, { size }) => maxPool(x, size).y,
    backward: (g, x, _y, { size }) => ({ x: maxPoolBackward(g, x, size) }),
  },
  flatten: { forward: flat, backward: (g, x) => ({ x: { shape: x.shape, data: g.data } }) },
  linear: { forward: linear, backward: (g, x, _y, layer) => linearBackward(g, x, layer) },
};

/**
 * @param {LayerOf[]} layers
 * @param {Tensor} x - (N, C, H, W)
 * @returns {Tensor[]} the input, then what each layer makes of it
 */
export function forward(layers, x) {
  const outputs = [x];
  for (const layer of layers) outputs.push(KINDS[layer.kind].forward(outputs[outputs.length - 1], layer));
  return outputs;
}

// Each layer's gradients. That of the network's own input is left out, unless `all` are wanted.
/**
 * @param {LayerOf[]} layers
 * @param {Tensor[]} outputs - of `forward`
 * @param {Tensor} gradOut - of the last one
 * @param {{ all?: boolean }} [options]
 * @returns {Gradients[]}
 */
export function backward(layers, outputs, gradOut, { all = false } = {}) {
  /** @type {Gradients[]} */
  const gradients = [];
  let g = gradOut;
  for (let k = layers.length - 1; k >= 0; k -= 1) {
    gradients[k] = KINDS[layers[k].kind].backward(g, outputs[k], outputs[k + 1], layers[k], all || k > 0);
    if (gradients[k].x) g = /** @type {Tensor} */ (gradients[k].x);
  }
  return gradients;
}

// Each row's probabilities, and the logarithm of the sum of its exponentials.
/** @param {Tensor} logits */
function soften({ shape: [N, classes], data }) {
  const [p, logs] = [zeros([N, classes]), zeros([N]).data];
  for (let n = 0; n < N; n += 1) {
    const row = data.subarray(n * classes, (n + 1) * classes);
    const most = Math.max(...row);
    const exponentials = row.map((z) => Math.exp(z - most));
    const sum = exponentials.reduce((total, one) => total + one, 0);
    for (let c = 0; c < classes; c += 1) p.data[n * classes + c] = exponentials[c] / sum;
    logs[n] = most + Math.log(sum);
  }
  return { p, logs };
}

/**
 * @param {Tensor} logits - (N, classes)
 * @returns {Tensor} each row's probabilities
 */
export const softmax = (logits) => soften(logits).p;

// The mean of minus the logarithm of what each label gets, and its gradient: p - onehot, over N. A batch in
// slices says how many pictures are in all of them: losses and gradients then add up.
/**
 * @param {Tensor} logits
 * @param {ArrayLike<number>} labels
 * @param {number} [of] - how many rows the mean is over
 * @returns {{ loss: number, grad: Tensor }}
 */
export function crossEntropy(logits, labels, of = logits.shape[0]) {
  const { p, logs } = soften(logits);
  let loss = 0;
  for (let n = 0; n < logs.length; n += 1) {
    const at = n * logits.shape[1] + labels[n];
    loss += (logs[n] - logits.data[at]) / of;
    p.data[at] -= 1;
  }
  return { loss, grad: each(p, (value) => value / of) };
}
