// A window of three along a few numbers, by Winograd's matrices or by Fourier transforms; and, for every
// number on the way, what it is made of.
import matrices from "./matrices.json";

export const TAPS = 3;
/** @type {(text: string) => number} */
export const fraction = (text) =>
  text.split("/").reduce((above, below, k) => (k ? above / Number(below) : Number(below)), 0);

/**
 * @typedef {{ re: number[], im: number[] | null }} Row complex numbers, or real ones
 * @typedef {{ way: string, n: number, length: number, signal: Row, kernel: Row, products: Row,
 *   output: Row }} Steps
 */

/**
 * @param {number} n - how many numbers the signal has
 * @returns {Record<"AT" | "G" | "BT", string[][]>} the matrices of F(n - 2, 3), as fractions
 */
export const matricesFor = (n) => matrices[n];

const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, text, k) => sum + fraction(text) * vector[k], 0));

/**
 * @param {number[]} x
 * @param {number[]} w
 * @returns {Steps}
 */
export function winograd(x, w) {
  const { AT, G, BT } = matricesFor(x.length);
  const [signal, kernel] = [times(BT, x), times(G, w)];
  const products = signal.map((value, k) => value * kernel[k]);
  const real = (re) => ({ re, im: null });
  const rows = { signal: real(signal), kernel: real(kernel), products: real(products) };
  return { way: "Winograd", n: x.length, length: x.length, ...rows, output: real(times(AT, products)) };
}

/**
 * @param {number} k
 * @param {number} n
 * @returns {[number, number]} cosine and sine of k of n parts of a circle; quarters are exact
 */
export function turn(k, n) {
  const part = ((k % n) + n) % n;
  if ((4 * part) % n === 0)
    return /** @type {any} */ (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ][(4 * part) / n]
    );
  const angle = (2 * Math.PI * part) / n;
  return [Math.cos(angle), Math.sin(angle)];
}

// The spectrum of some numbers, followed by zeros.
function spectrum(numbers, length) {
  const row = { re: [], im: [] };
  for (let k = 0; k < length; k += 1) {
    let [re, im] = [0, 0];
    for (const [j, value] of numbers.entries()) {
      const [cos, sin] = turn(j * k, length);
      re += value * cos;
      im -= value * sin;
    }
    row.re.push(re);
    row.im.push(im);
  }
  return row;
}

/**
 * @param {number[]} x
 * @param {number[]} w
 * @param {boolean} padded - whether zeros follow the signal
 * @returns {Steps}
 */
export function fourier(x, w, padded) {
  const length = x.length + (padded ? TAPS - 1 : 0);
  const signal = spectrum(x, length);
  const { re, im } = spectrum(w, length);
  const kernel = { re, im: im.map((value) => -value) };
  const products = { re: [], im: [] };
  for (let k = 0; k < length; k += 1) {
    products.re.push(signal.re[k] * kernel.re[k] - signal.im[k] * kernel.im[k]);
    products.im.push(signal.re[k] * kernel.im[k] + signal.im[k] * kernel.re[k]);
  }
  const output = Array.from({ length }, (_, t) => {
    let sum = 0;
    for (let k = 0; k < length; k += 1) {
      const [cos, sin] = turn(k * t, length);
      sum += products.re[k] * cos - products.im[k] * sin;
    }
    return sum / length;
  });
  return { way: "FFT", n: x.length, length, signal, kernel, products, output: { re: output, im: null } };
}

/**
 * @param {Row} row
 * @returns {number[]} the real parts, then the imaginary ones, without their last digits, which are rounding
 */
export function shown({ re, im }) {
  const all = im ? [...re, ...im] : re;
  const most = all.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const per = most < 1e4 ? 1e9 : most < 1e9 ? 1e4 : 1;
  return all.map((value) => Math.round(value * per) / per + 0);
}

/**
 * @param {Steps} steps
 * @param {number} t
 * @returns {{ start: number, places: number[], wraps: boolean }} where the window of output t begins, the
 * numbers of the signal that lie in it, and whether it goes on at the beginning
 */
export function window({ n, length }, t) {
  const wraps = length === n && t + TAPS > n;
  const start = length > n && t >= n ? t - length : t;
  const all = Array.from({ length: TAPS }, (_, u) => start + u);
  return { start, wraps, places: wraps ? all.map((k) => k % n) : all };
}
