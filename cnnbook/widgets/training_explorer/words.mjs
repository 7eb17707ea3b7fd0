// What a training has come to, in words.
import { plural } from "../shared/numbers.mjs";

/**
 * @typedef {{ losses: number[], epochs: number, checked: import("./training.mjs").Checked,
 * labels: ArrayLike<number> }} Come
 */

/**
 * @param {number} label
 * @returns {string} "a 7", "an 8"
 */
export const named = (label) => `${label === 8 ? "an" : "a"} ${label}`;

// The mistake that is made most often: "a 9 read as 4, 5 times".
function worst(read, labels) {
  const counts = new Map();
  for (let row = 0; row < read.length; row += 1) {
    if (read[row] === labels[row]) continue;
    const name = `${named(labels[row])} read as ${read[row]}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most?.[1] > 1 ? ` Its most frequent mistake: ${most[0]}, ${most[1]} times.` : "";
}

const RECENT = 20;
const recent = (losses) => {
  const last = losses.slice(-RECENT);
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
};

/**
 * @param {Come} come
 * @returns {string}
 */
export function comeTo({ losses, epochs, checked, labels }) {
  const { right, read, silent } = checked;
  const of = `${right} of ${labels.length} held-out digits`;
  if (losses.length === 0)
    return `Before the first step ${of} are read right. Guessing gets a tenth of them.`;
  const done = `After ${plural(losses.length, "step")}, ${epochs.toFixed(1)} epochs,`;
  if (silent)
    return `${done} every digit gets the same scores: no gradient reaches the filters any more. Take a smaller rate, and start again.`;
  const part = `${((100 * right) / labels.length).toFixed(1)} %`;
  const now = recent(losses);
  if (losses.length > RECENT && now > losses[0])
    return `${done} the loss is ${now.toFixed(2)}, more than at the start: the steps are too long. Take a smaller rate, and start again.`;
  return `${done} ${of} are read right, ${part}.${worst(read, labels)}`;
}

/**
 * @param {number} step
 * @param {{ learning_rate: number, optimiser: string }} settings
 * @returns {string}
 */
export const explosion = (step, { learning_rate, optimiser }) =>
  `Step ${step} is not taken, it leads beyond all bounds: a rate of ${learning_rate} is too large for ${optimiser} here. Take a smaller one, and start again.`;
