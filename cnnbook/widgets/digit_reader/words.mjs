// What the network reads, in words, and where a number came from: words.py says the first, too. And the help.
import { inBrackets, proseText } from "../shared/numbers.mjs";

/** @type {import("../shared/help.mjs").Advice[]} */
export const ADVICE = [
  {
    keys:
      "Draw with the mouse; or Tab to the drawing, move the pen with the arrow keys " +
      "(Shift: four dots), and put it down or lift it with Space. Delete clears.",
    finger: "Draw with a finger.",
  },
  {
    keys:
      "Click any dot of a map, or Tab to it and use the arrow keys (Page Down: the " +
      "next map): below stands where it came from.",
    finger: "Tap any dot of a map: below stands where it came from.",
  },
];

/**
 * @param {number} p
 * @returns {string} in per cent
 */
export function share(p) {
  if (p > 0.9995) return "more than 99.9%";
  return p >= 0.0005 ? `${(100 * p).toFixed(1)}%` : "less than 0.1%";
}

const one = (digit) => (digit === 8 ? "an 8" : `a ${digit}`);

/**
 * @param {ArrayLike<number>} probabilities
 * @param {number | null} picture
 * @param {number} label - of that picture
 * @param {boolean} ink - whether there is any
 * @returns {string}
 */
export function readAs(probabilities, picture, label, ink) {
  const digits = Array.from(probabilities, (_, digit) => digit);
  const [best, second] = digits.toSorted((a, b) => probabilities[b] - probabilities[a]);
  const shown = picture === null ? "" : `Held-out picture ${picture} is ${one(label)}. `;
  const blank = ink ? "" : "There is no ink, and it has to answer all the same. ";
  return (
    `${shown}${blank}The network reads ${one(best)}, ${share(probabilities[best])} sure; ` +
    `its second guess is ${one(second)}, ${share(probabilities[second])}.`
  );
}

// Where a number came from.
/**
 * @param {import("./reading.mjs").Origin} origin
 * @param {number} from - the channel whose window is shown
 * @returns {string}
 */
export function cameFrom({ kind, windows, sums, bias, result }, from) {
  const is = `is ${proseText(result)}`;
  if (kind === "maxpool") return `The largest of the four numbers in its window ${is}.`;
  if (kind === "relu") {
    const [before] = windows[0];
    return before > 0
      ? `${proseText(before)} is above 0, and stays.`
      : `${proseText(before)} is not above 0: it becomes 0.`;
  }
  if (kind === "tanh") return `tanh of ${proseText(windows[0][0])} ${is}.`;
  const total = proseText(sums.reduce((sum, part) => sum + part, 0));
  const parts =
    sums.length === 1
      ? `Its products sum to ${total}`
      : `The products with map ${from} sum to ${proseText(sums[from])}, those with all ${sums.length} maps to ${total}`;
  return `${parts}; with the bias ${inBrackets(bias)} that ${is}.`;
}

// Where a probability came from.
/**
 * @param {number} score
 * @param {number} p
 * @param {ArrayLike<number>} scores
 * @returns {string}
 */
export function softened(score, p, scores) {
  const sum = Array.from(scores).reduce((total, z) => total + Math.exp(z), 0);
  return `exp(${proseText(score)}) = ${proseText(Math.exp(score))}, over ${proseText(sum)}, the sum of all ten: ${share(p)}.`;
}
