// Arrays as they travel between Python and the page: { dtype, shape, base64 }, little endian.

/**
 * @typedef {{ dtype: string, shape: number[], base64: string }} Sent an array as it travels
 * @typedef {{ dtype: string, shape: number[], data: Float64Array }} Numbers an array to work with
 */

const TYPES = { uint8: Uint8Array, int64: BigInt64Array, float32: Float32Array, float64: Float64Array };

/**
 * @param {{ dtype: string }} array
 * @returns {boolean}
 */
export const isInteger = (array) => array.dtype === "uint8" || array.dtype === "int64";

// To { dtype, shape, data }, data a Float64Array whatever the dtype.
/**
 * @param {Sent} sent
 * @returns {Numbers}
 */
export function decode({ dtype, shape, base64 }) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return { dtype, shape, data: Float64Array.from(new TYPES[dtype](bytes.buffer), Number) };
}

/**
 * @param {Numbers} array
 * @returns {Sent}
 */
export function encode({ dtype, shape, data }) {
  const typed = dtype === "int64" ? BigInt64Array.from(data, BigInt) : TYPES[dtype].from(data);
  const bytes = new Uint8Array(typed.buffer);
  let text = "";
  for (let start = 0; start < bytes.length; start += 4096)
    text += String.fromCharCode(...bytes.subarray(start, start + 4096));
  return { dtype, shape, base64: btoa(text) };
}

// The narrowest of the two dtypes "as it was" and "wide enough for the value".
function dtypeFor(dtype, value) {
  if (!Number.isInteger(value)) return dtype.startsWith("float") ? dtype : "float64";
  return dtype === "uint8" && (value < 0 || value > 255) ? "int64" : dtype;
}

/**
 * @param {Numbers} array
 * @param {number} index
 * @param {number} value
 * @returns {Numbers}
 */
export function withValue(array, index, value) {
  const data = array.data.slice();
  data[index] = value;
  return { ...array, dtype: dtypeFor(array.dtype, value), data };
}

// Cut or extend to a new shape; what is new comes from `fill(row, column)`.
/**
 * @param {Numbers} array
 * @param {number[]} shape
 * @param {(row: number, column: number) => number} fill
 * @returns {Numbers}
 */
export function resized(array, [H, W], fill) {
  const [oldH, oldW] = array.shape;
  const data = new Float64Array(H * W);
  for (let i = 0; i < H; i += 1) {
    for (let j = 0; j < W; j += 1)
      data[i * W + j] = i < oldH && j < oldW ? array.data[i * oldW + j] : fill(i, j);
  }
  return { ...array, shape: [H, W], data };
}

/**
 * @param {ArrayLike<number> & { reduce: Float64Array["reduce"] }} data
 * @returns {number}
 */
export const largest = (data) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
