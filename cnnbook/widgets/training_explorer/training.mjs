// Training by numbers alone, in slices: a generator stops after each few pictures, so that its caller can
// see how late it is. What cnnbook.fit does, step by step.
import { backward, crossEntropy, forward, softmax } from "../shared/network.mjs";
import { Optimiser } from "./optim.mjs";
import { flat, load, parametersOf } from "./start.mjs";

/**
 * @typedef {import("../shared/conv2d.mjs").Tensor} Tensor
 * @typedef {{ x: Float64Array, y: ArrayLike<number> }} Pictures 64 numbers each, and what they show
 * @typedef {{ right: number, read: Uint8Array, silent: boolean }} Checked how many were read right, what each
 * was read as, and whether all of them gave the same scores
 */

const SIDE = 8;
const SLICE = 2; // pictures between two looks at the clock
const CHECK = 4; // the same without gradients

/**
 * @param {Pictures} pictures
 * @param {ArrayLike<number>} rows
 * @returns {Tensor} (N, 1, 8, 8)
 */
export function some({ x }, rows) {
  const size = SIDE * SIDE;
  const data = new Float64Array(rows.length * size);
  for (let n = 0; n < rows.length; n += 1)
    data.set(x.subarray(rows[n] * size, (rows[n] + 1) * size), n * size);
  return { shape: [rows.length, 1, SIDE, SIDE], data };
}

export class Training {
  /**
   * @param {import("../shared/network.mjs").LayerOf[]} layers - trained in place
   * @param {Pictures} pictures
   * @param {(epoch: number) => number[]} order - of the pictures in an epoch
   * @param {number} [largest] - a weight beyond it is an explosion
   */
  constructor(layers, pictures, order, largest = Infinity) {
    this.layers = layers;
    this.parameters = parametersOf(layers);
    this.pictures = pictures;
    this.order = order;
    this.largest = largest;
    this.epoch = 0;
    /** @type {number[]} */
    this.left = [];
    /** @type {Optimiser | null} */
    this.optimiser = null;
  }

  // The rows of the next batch: at the end of an epoch a smaller one.
  batch(size) {
    if (this.left.length === 0) {
      this.left = this.order(this.epoch);
      this.epoch += 1;
    }
    return this.left.splice(0, size);
  }

  // One step; nothing is moved if the loss, or a weight, would be no number to go on with.
  /**
   * @param {{ optimiser: string, learning_rate: number, batch_size: number }} settings
   * @returns {Generator<undefined, { loss: number, exploded: boolean }>}
   */
  *step({ optimiser, learning_rate, batch_size }) {
    const rows = this.batch(batch_size);
    const sums = this.parameters.map(({ data }) => ({ data: new Float64Array(data.length) }));
    let loss = 0;
    for (let start = 0; start < rows.length; start += SLICE) {
      loss += this.learn(rows.slice(start, start + SLICE), rows.length, sums);
      yield;
    }
    if (!Number.isFinite(loss)) return { loss, exploded: true };
    if (this.optimiser?.kind !== optimiser) this.optimiser = new Optimiser(optimiser, this.parameters);
    const before = flat(this.parameters);
    this.optimiser.step(sums, learning_rate);
    const exploded = !this.parameters.every(({ data }) => data.every((w) => Math.abs(w) <= this.largest));
    if (exploded) load(this.parameters, before);
    return { loss, exploded };
  }

  // The share of some pictures in the loss of a batch; their gradients are added to the sums.
  learn(rows, of, sums) {
    const outputs = forward(this.layers, some(this.pictures, rows));
    const labels = rows.map((row) => this.pictures.y[row]);
    const { loss, grad } = crossEntropy(outputs[outputs.length - 1], labels, of);
    const gradients = parametersOf(backward(this.layers, outputs, grad));
    for (const [k, { data }] of gradients.entries()) {
      const sum = sums[k].data;
      for (let i = 0; i < sum.length; i += 1) sum[i] += data[i];
    }
    return loss;
  }

  // Read pictures that are not learned from.
  /**
   * @param {Pictures} held
   * @returns {Generator<undefined, Checked>}
   */
  *check(held) {
    const read = new Uint8Array(held.y.length);
    let [right, silent] = [0, true];
    let first = new Float64Array();
    for (let start = 0; start < read.length; start += CHECK) {
      const rows = Array.from({ length: Math.min(CHECK, read.length - start) }, (_, k) => start + k);
      const outputs = forward(this.layers, some(held, rows));
      const { data } = outputs[outputs.length - 1];
      if (start === 0) first = data.slice(0, 10);
      for (const [n, row] of rows.entries()) {
        const scores = data.subarray(10 * n, 10 * n + 10);
        read[row] = scores.indexOf(Math.max(...scores));
        right += read[row] === held.y[row] ? 1 : 0;
        silent &&= scores.every((score, k) => score === first[k]);
      }
      yield;
    }
    return { right, read, silent };
  }

  // What the network makes of one picture: each layer's output, and the probabilities.
  /**
   * @param {Pictures} held
   * @param {number} row
   */
  look(held, row) {
    const outputs = forward(this.layers, some(held, [row]));
    return { outputs, probabilities: softmax(outputs[outputs.length - 1]).data };
  }
}
