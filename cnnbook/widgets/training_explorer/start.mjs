// Where a training begins: the network, its first weights and the order of the pictures, as in start.py.
import { zeros } from "../shared/conv2d.mjs";
import { uniform } from "../shared/mixing.mjs";

/**
 * @typedef {import("../shared/conv2d.mjs").Tensor} Tensor
 * @typedef {{ filters: number, activation: string, pooling: boolean }} Kind
 */

const PLACES = 65536;
const KINDS = { ReLU: "relu", tanh: "tanh" };

/**
 * @param {number} seed
 * @param {number} epoch
 * @param {number} count
 * @returns {number[]} the order of the pictures
 */
export function order(seed, epoch, count) {
  const beginning = 2 ** 31 + (1000 * seed + epoch) * 2048;
  const drawn = Array.from({ length: count }, (_, k) => uniform(beginning + k));
  return drawn.map((_, k) => k).toSorted((one, other) => drawn[one] - drawn[other]);
}

/**
 * @param {Kind} kind
 * @returns {import("../shared/network.mjs").LayerOf[]} its weights 0
 */
export function network({ filters, activation, pooling }) {
  const conv = (C) => ({
    kind: "conv",
    weight: zeros([filters, C, 3, 3]),
    bias: zeros([filters]),
    padding: 1,
  });
  const act = { kind: KINDS[activation] };
  const features = filters * (pooling ? 16 : 64);
  return [
    conv(1),
    act,
    conv(filters),
    act,
    ...(pooling ? [{ kind: "maxpool", size: 2 }] : []),
    { kind: "flatten" },
    { kind: "linear", weight: zeros([10, features]), bias: zeros([10]) },
  ];
}

/**
 * @param {any[]} layers
 * @returns {Tensor[]} weights and biases, in the order of Python's parameters()
 */
export const parametersOf = (layers) =>
  layers.flatMap(({ weight, bias }) => [weight, bias].filter((one) => one));

/**
 * @param {Tensor[]} parameters
 * @returns {Float64Array} all of them in one row
 */
export function flat(parameters) {
  const row = new Float64Array(parameters.reduce((sum, { data }) => sum + data.length, 0));
  let start = 0;
  for (const { data } of parameters) {
    row.set(data, start);
    start += data.length;
  }
  return row;
}

/**
 * @param {Tensor[]} parameters
 * @param {Float64Array} row
 */
export function load(parameters, row) {
  let start = 0;
  for (const { data } of parameters) {
    data.set(row.subarray(start, start + data.length));
    start += data.length;
  }
}

/**
 * @param {Tensor[]} parameters - they get their first weights, biases 0
 * @param {number} seed
 */
export function begin(parameters, seed) {
  let place = seed * PLACES;
  for (const { shape, data } of parameters) {
    const bound = shape.length > 1 ? Math.sqrt(6 / (data.length / shape[0])) : 0;
    for (let k = 0; k < data.length; k += 1) data[k] = bound && bound * (2 * uniform(place + k) - 1);
    place += data.length;
  }
}
