// Help on keys and taps: a fold of the widget's last line (foot.mjs). It speaks of what the reader has: a
// mouse and keys, or a finger.
import { h } from "./dom.mjs";
import { Fold } from "./foot.mjs";

/**
 * @typedef {{ keys?: string, finger?: string, needs?: string }} Advice one line of help, in both words or in
 * one only; `needs`: the selector of what it is about
 */

/** @returns {boolean} whether the reader points with a finger */
export const byFinger = () => matchMedia("(pointer: coarse)").matches;

/** @type {Advice[]} */
export const ON_GRIDS = [
  {
    keys: "Point at a number, or Tab to its grid and move with the arrow keys: what belongs to it lights up.",
    finger: "Tap a number: what belongs to it lights up.",
  },
  { keys: "Click it, or press Space, and it stays lit; Escape lets go.", finger: "Tap it again to let go." },
];

/** @type {Advice[]} */
export const ON_PICTURES = [
  {
    keys:
      "Point at the picture, or Tab to it and use the arrow keys: the window follows. " +
      "Shift goes ten times as far, Home and End to the sides.",
    finger: "Tap the picture, or drag sideways on it: the window follows.",
  },
  { keys: "Click the picture, or press Space, and the window stays; Escape lets go." },
];

const EDITABLE = ".cnn-grid[aria-readonly='false']";
const ARITHMETIC = "Arithmetic is understood: 1/9, 256*256*3.";
/** @type {Advice[]} */
export const ON_EDITS = [
  {
    needs: EDITABLE,
    keys: "Change a number with a dotted line under it: click it twice, or press Enter; type; press Enter.",
    finger: "Change a number with a dotted line under it: tap it twice, and type.",
  },
  { needs: EDITABLE, keys: ARITHMETIC, finger: ARITHMETIC },
];

/** @type {Advice[]} */
export const ON_STEPS = [
  {
    needs: ".cnn-stepper",
    keys: "The slider goes from window to window, with the arrow keys too; play does it by itself.",
    finger: "The slider goes from window to window; play does it by itself.",
  },
];

/**
 * @param {Advice[]} advice - what needs something that is not to be seen now is not given
 * @returns {Fold}
 */
export const help = (advice) => {
  const fold = new Fold("help", () => {
    const words = byFinger() ? "finger" : "keys";
    const all = fold.panel.closest(".cnnbook-widget");
    const helps = ({ needs }) =>
      !needs || [...all.querySelectorAll(needs)].some((one) => one.checkVisibility());
    const lines = advice.filter(helps).flatMap((one) => (one[words] ? [h("li", {}, one[words])] : []));
    return [h("ul", { class: "cnn-help" }, lines)];
  });
  return fold;
};
