// Two channels normalised, running statistics that follow, and the parts of the gradient.

const EPS = 1e-5;
const MOMENTUM = 0.1;

/**
 * @typedef {{ training: boolean, scale: number, shift: number }} Kind
 * @typedef {{ N: number, means: number[], variances: number[], own: number[][], hat: Float64Array,
 *   output: Float64Array }} Normed
 */

/**
 * @param {Float64Array} data
 * @param {(value: number) => number} f
 * @returns {number} the mean of f over the numbers
 */
const mean = (data, f) => data.reduce((sum, value) => sum + f(value), 0) / data.length;

/**
 * @param {Float64Array} values - a row for each channel
 * @param {number} N
 * @param {Float64Array} running - for each channel its mean and variance
 * @param {Kind} kind
 * @returns {Normed} `own` are the batch's statistics of each channel, the others those in use
 */
export function normalise(values, N, running, { training, scale, shift }) {
  const own = [0, 1].map((c) => {
    const row = values.subarray(c * N, (c + 1) * N);
    const middle = mean(row, (value) => value);
    return [middle, mean(row, (value) => (value - middle) ** 2)];
  });
  const used = training ? own : [0, 1].map((c) => [running[2 * c], running[2 * c + 1]]);
  const hat = values.map((value, k) => {
    const [middle, variance] = used[Math.floor(k / N)];
    return (value - middle) / Math.sqrt(variance + EPS);
  });
  const [means, variances] = [0, 1].map((which) => used.map((one) => one[which]));
  return { N, means, variances, own, hat, output: hat.map((value) => scale * value + shift) };
}

/**
 * @param {Normed} normed
 * @param {Float64Array} gradOut
 * @param {Kind} kind
 * @returns {{ itself: Float64Array, byMean: Float64Array, byVariance: Float64Array, gradX: Float64Array }}
 */
export function back({ N, variances, hat }, gradOut, { training, scale }) {
  const channel = (k) => Math.floor(k / N);
  const itself = gradOut.map((g, k) => (g * scale) / Math.sqrt(variances[channel(k)] + EPS));
  const products = itself.map((g, k) => g * hat[k]);
  const means = [itself, products].map((data) =>
    [0, 1].map((c) => (training ? mean(data.subarray(c * N, (c + 1) * N), (value) => value) : 0)),
  );
  const byMean = itself.map((_, k) => means[0][channel(k)]);
  const byVariance = itself.map((_, k) => hat[k] * means[1][channel(k)]);
  return { itself, byMean, byVariance, gradX: itself.map((g, k) => g - byMean[k] - byVariance[k]) };
}

/**
 * @param {Float64Array} running
 * @param {Normed} normed
 * @returns {Float64Array} the running statistics after one batch more
 */
export function follow(running, { N, own }) {
  return running.map((old, k) => {
    const [middle, variance] = own[k >> 1];
    const seen = k % 2 ? (variance * N) / (N - 1) : middle;
    return old + MOMENTUM * (seen - old);
  });
}

const BINS = 21;
/**
 * @param {ArrayLike<number>} data
 * @returns {number[]} how many numbers lie around each whole number from -10 to 10, those beyond at the ends
 */
export function histogram(data) {
  const counts = Array(BINS).fill(0);
  for (const value of Array.from(data)) counts[Math.round(Math.min(10, Math.max(-10, value))) + 10] += 1;
  return counts;
}
