// Numbers that look random, and are the same ones on every machine: mixing.py has them, too.

/**
 * @param {number} place - a whole number from 0; only its last 32 bits count
 * @returns {number} from 0 to below 1
 */
export function uniform(place) {
  let mixed = place >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b) >>> 0;
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
