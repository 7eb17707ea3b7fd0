// What the network makes of a picture, and what each of its numbers came from.
import { forward, softmax } from "../shared/network.mjs";

/**
 * @typedef {import("../shared/conv2d.mjs").Tensor} Tensor
 * @typedef {import("../shared/network.mjs").LayerOf} LayerOf
 * @typedef {{ kind: string, at: number[], shape: number[], windows: number[][], weights: number[][] | null,
 *   sums: number[], bias: number, result: number }} Origin `at`: top, left, height and width of the windows;
 *   `windows` and `weights`: a list for each channel that goes in
 */

/**
 * @param {LayerOf[]} layers
 * @param {ArrayLike<number>} image - 64 numbers
 * @returns {{ outputs: Tensor[], probabilities: Float64Array }}
 */
export function read(layers, image) {
  const outputs = forward(layers, { shape: [1, 1, 8, 8], data: Float64Array.from(image) });
  return { outputs, probabilities: softmax(outputs[outputs.length - 1]).data };
}

// The numbers of a window of one channel; 0 where it lies on padding.
function windowOf({ shape: [, , H, W], data }, c, [top, left], [tall, wide]) {
  return Array.from({ length: tall * wide }, (_, k) => {
    const [row, column] = [top + Math.floor(k / wide), left + (k % wide)];
    return row < 0 || column < 0 || row >= H || column >= W ? 0 : data[(c * H + row) * W + column];
  });
}

const dot = (one, other) => one.reduce((sum, value, k) => sum + value * other[k], 0);

// Where the window of a number lies in the layer before: its top, its left, its height and width.
function windowAt({ kind, weight, padding = 0, size = 1 }, input, { row, column }) {
  if (kind === "conv") return [row - padding, column - padding, ...weight.shape.slice(2)];
  if (kind === "maxpool") return [row * size, column * size, size, size];
  if (kind === "linear") return [0, 0, input.shape[2], input.shape[3]];
  return [row, column, 1, 1];
}

// A linear layer looks at what was flattened, in the shape that it had.
const inputOf = (layers, outputs, k) => outputs[layers[k - 1]?.kind === "flatten" ? k - 1 : k];

/**
 * @param {LayerOf[]} layers
 * @param {Tensor[]} outputs
 * @param {number} k - the layer
 * @param {{ channel: number, row: number, column: number }} place - of its output
 * @returns {Origin}
 */
export function originOf(layers, outputs, k, { channel, row, column }) {
  const [layer, input, output] = [layers[k], inputOf(layers, outputs, k), outputs[k + 1]];
  const at = windowAt(layer, input, { row, column });
  const [top, left, ...shape] = at;
  const [, , H = 1, W = 1] = output.shape;
  const result = output.data[(channel * H + row) * W + column];
  const whole = layer.kind === "conv" || layer.kind === "linear";
  const channels = whole ? Array.from({ length: input.shape[1] }, (_, c) => c) : [channel];
  const windows = channels.map((c) => windowOf(input, c, [top, left], shape));
  const found = { kind: layer.kind, at, shape, windows, result };
  if (!whole) return { ...found, weights: null, sums: [], bias: 0 };
  const count = shape[0] * shape[1];
  const first = channel * channels.length * count;
  const weights = channels.map((c) =>
    Array.from(layer.weight.data.slice(first + c * count, first + (c + 1) * count)),
  );
  const sums = windows.map((numbers, c) => dot(numbers, weights[c]));
  return { ...found, weights, sums, bias: layer.bias?.data[channel] ?? 0 };
}
