// The arithmetic of a sliding window and its gradients: the same numbers as cnnbook.conv2d_backward's.
import { outputSize } from "../shared/sizes.mjs";

/**
 * @typedef {Record<"H" | "W" | "K_h" | "K_w" | "H_out" | "W_out" | "stride" | "padding" | "dilation",
 * number> & { key: string }} Geometry
 * @typedef {Record<"out" | "weight" | "row" | "column" | "pixel", number>} Meeting
 * @typedef {{ shape: number[], outs: number[] }} Spread
 */

export const LARGEST_OUT = 14;

/**
 * @param {{ shape: number[] }} image
 * @param {{ shape: number[] }} kernel
 * @param {{ stride: number, padding: number, dilation: number }} steps
 * @returns {Geometry}
 */
export function geometry(image, kernel, { stride, padding, dilation }) {
  const [H, W] = image.shape;
  const [K_h, K_w] = kernel.shape;
  const H_out = outputSize(H, K_h, stride, padding, dilation);
  const W_out = outputSize(W, K_w, stride, padding, dilation);
  const g = { H, W, K_h, K_w, H_out, W_out, stride, padding, dilation };
  return { ...g, key: Object.values(g).join() };
}

/**
 * @param {Geometry} g
 * @returns {Meeting[]} every meeting of a pixel and a weight, window by window; a pixel is -1 on the padding.
 * A product x * w goes forward here, and the gradients g * w and g * x come back here
 */
export function meetings(g) {
  const all = [];
  for (let out = 0; out < g.H_out * g.W_out; out += 1) {
    const top = Math.floor(out / g.W_out) * g.stride - g.padding;
    const left = (out % g.W_out) * g.stride - g.padding;
    for (let weight = 0; weight < g.K_h * g.K_w; weight += 1) {
      const row = top + Math.floor(weight / g.K_w) * g.dilation;
      const column = left + (weight % g.K_w) * g.dilation;
      const inside = row >= 0 && row < g.H && column >= 0 && column < g.W;
      all.push({ out, weight, row, column, pixel: inside ? row * g.W + column : -1 });
    }
  }
  return all;
}

/**
 * @param {Geometry} g
 * @param {Meeting[]} all
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} w
 * @returns {Float64Array} the output
 */
export function forward(g, all, x, w) {
  const y = new Float64Array(g.H_out * g.W_out);
  for (const { out, weight, pixel } of all) if (pixel >= 0) y[out] += x[pixel] * w[weight];
  return y;
}

/**
 * @param {Geometry} g
 * @param {Meeting[]} all
 * @param {ArrayLike<number>} gradOut
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} w
 * @returns {{ gradX: Float64Array, gradW: Float64Array }} the gradients of the input and of the kernel
 */
export function backward(g, all, gradOut, x, w) {
  const gradX = new Float64Array(g.H * g.W);
  const gradW = new Float64Array(g.K_h * g.K_w);
  for (const { out, weight, pixel } of all) {
    if (pixel < 0) continue;
    gradX[pixel] += gradOut[out] * w[weight];
    gradW[weight] += gradOut[out] * x[pixel];
  }
  return { gradX, gradW };
}

/**
 * @param {Geometry} g
 * @param {Meeting[]} all
 * @param {ArrayLike<number>} gradOut
 * @param {ArrayLike<number>} w
 * @param {number} windows
 * @returns {Float64Array} what the first windows give to the input
 */
export function scattered(g, all, gradOut, w, windows) {
  const sums = new Float64Array(g.H * g.W);
  for (const { out, weight, pixel } of all)
    if (pixel >= 0 && out < windows) sums[pixel] += gradOut[out] * w[weight];
  return sums;
}

/**
 * @param {Geometry} g
 * @returns {Spread} for each place the output whose gradient stands there, or -1 for a zero
 */
export function spreadOut(g) {
  const sides = [
    [g.H, g.K_h, g.H_out],
    [g.W, g.K_w, g.W_out],
  ].map(([n, k, count]) => {
    const reach = g.dilation * (k - 1);
    return Array.from({ length: n + reach }, (_, place) => {
      const at = (place - reach + g.padding) / g.stride;
      return Number.isInteger(at) && at >= 0 && at < count ? at : -1;
    });
  });
  const [rows, columns] = sides;
  return {
    shape: [rows.length, columns.length],
    outs: rows.flatMap((i) => columns.map((j) => (i < 0 || j < 0 ? -1 : i * g.W_out + j))),
  };
}

/**
 * @param {Geometry} g
 * @param {Spread} spread
 * @param {number} pixel
 * @returns {{ place: number, out: number, turned: number, weight: number }[]} what the turned kernel covers
 * for a pixel, in the turned kernel's order
 */
export function covered(g, { shape, outs }, pixel) {
  const found = [];
  for (let turned = 0; turned < g.K_h * g.K_w; turned += 1) {
    const row = Math.floor(pixel / g.W) + Math.floor(turned / g.K_w) * g.dilation;
    const column = (pixel % g.W) + (turned % g.K_w) * g.dilation;
    const place = row * shape[1] + column;
    found.push({ place, out: outs[place], turned, weight: g.K_h * g.K_w - 1 - turned });
  }
  return found;
}

/**
 * @param {Geometry} g
 * @returns {string | null} why a setting is impossible
 */
export function refusal(g) {
  for (const [side, n, k, out] of /** @type {[string, number, number, number][]} */ ([
    ["height", g.H, g.K_h, g.H_out],
    ["width", g.W, g.K_w, g.W_out],
  ])) {
    if (out < 1)
      return `the kernel would span ${g.dilation * (k - 1) + 1} in ${side}, and the padded input has ${n + 2 * g.padding}.`;
  }
  return null;
}
