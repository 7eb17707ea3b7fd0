// Masks, the same ones for the same draw on every machine.

const MOST = 64;

/**
 * @param {number} draw
 * @param {number} place
 * @returns {number} from 0 to below 1
 */
export function uniform(draw, place) {
  let mixed = (draw * MOST + place) >>> 0;
  for (const [shift, factor] of [
    [16, 0x7feb352d],
    [15, 0x846ca68b],
  ])
    mixed = Math.imul(mixed ^ (mixed >>> shift), factor) >>> 0;
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * @param {number} draw
 * @param {number} size
 * @param {{ tenths: number, training: boolean }} kind
 * @returns {Float64Array} what each number is multiplied by
 */
export function factors(draw, size, { tenths, training }) {
  const kept = 10 / (10 - tenths);
  return Float64Array.from({ length: size }, (_, k) =>
    training ? (10 * uniform(draw, k) >= tenths ? kept : 0) : 1,
  );
}

/**
 * @param {number} draws
 * @param {number} size
 * @param {{ tenths: number, training: boolean }} kind
 * @returns {Float64Array} the mean of the factors of all draws, from 1 on
 */
export function meanFactors(draws, size, kind) {
  const sums = new Float64Array(size);
  for (let draw = 1; draw <= draws; draw += 1)
    for (const [k, factor] of factors(draw, size, kind).entries()) sums[k] += factor;
  return sums.map((sum) => sum / draws);
}
