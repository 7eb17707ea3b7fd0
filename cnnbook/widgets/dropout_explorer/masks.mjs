// Masks, the same ones for the same draw on every machine.
import { uniform as mixed } from "../shared/mixing.mjs";

const MOST = 64;

/**
 * @param {number} draw
 * @param {number} place
 * @returns {number} from 0 to below 1
 */
export const uniform = (draw, place) => mixed(draw * MOST + place);

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
  const { tenths, training } = kind;
  if (!training) return factors(draws, size, kind);
  const stays = new Float64Array(size); // in how many draws each number stays
  for (let draw = 1; draw <= draws; draw += 1)
    for (let k = 0; k < size; k += 1) if (10 * uniform(draw, k) >= tenths) stays[k] += 1;
  return stays.map((count) => (count * (10 / (10 - tenths))) / draws);
}
