// The digits that a page carries: see digits.py.
import { pictureOf } from "./pictures.mjs";

const PIXELS = 64;
const INK = 16;

/**
 * @typedef {{ x: Float64Array, y: Uint8Array }} Digits 64 numbers each, from 0 to 1, and what they show
 */

/**
 * @param {Record<string, any>} [packed] - in a notebook the model has them
 * @returns {Promise<Digits>}
 */
export async function digitsOf(packed) {
  const { shape, planes } = await pictureOf({ name: "digits" }, packed);
  const [N, W] = shape;
  const sheet = planes[0];
  const x = new Float64Array(N * PIXELS);
  for (let n = 0; n < N; n += 1)
    for (let k = 0; k < PIXELS; k += 1) x[n * PIXELS + k] = sheet[n * W + k] / INK;
  return { x, y: Uint8Array.from({ length: N }, (_, n) => sheet[n * W + PIXELS]) };
}

/**
 * @param {Digits} digits
 * @param {(row: number) => boolean} wanted
 * @returns {Digits} those that are wanted
 */
export function chosen({ x, y }, wanted) {
  const rows = Array.from(y, (_, row) => row).filter(wanted);
  const data = new Float64Array(rows.length * PIXELS);
  for (const [n, row] of rows.entries()) data.set(x.subarray(row * PIXELS, (row + 1) * PIXELS), n * PIXELS);
  return { x: data, y: Uint8Array.from(rows, (row) => y[row]) };
}
