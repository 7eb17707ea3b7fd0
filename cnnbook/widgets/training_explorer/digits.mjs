// The digits to learn from, and those held out: every sixth of the training pictures, as in start.py.
import { bundleOf } from "../shared/bundles.mjs";

const [PIXELS, INK] = [64, 16];
const BUNDLE = "digits-train";

/** @typedef {import("./training.mjs").Pictures} Pictures */

/**
 * @param {Record<string, any>} [packed] - in a notebook the model has them
 * @returns {Promise<{ learned: Pictures, held: Pictures }>}
 */
export async function digitsOf(packed) {
  const { images, labels } = await bundleOf(BUNDLE, packed);
  const part = (wanted) => {
    const rows = Array.from(labels.data, (_, row) => row).filter(wanted);
    const x = new Float64Array(rows.length * PIXELS);
    for (const [n, row] of rows.entries())
      for (let k = 0; k < PIXELS; k += 1) x[n * PIXELS + k] = images.data[row * PIXELS + k] / INK;
    return { x, y: Uint8Array.from(rows, (row) => labels.data[row]) };
  };
  return { learned: part((row) => row % 6 !== 5), held: part((row) => row % 6 === 5) };
}
