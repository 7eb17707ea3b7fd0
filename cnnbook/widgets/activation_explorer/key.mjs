// A short line that looks as a curve does.
import { svg } from "../shared/dom.mjs";

/**
 * @param {string} role
 * @returns {any}
 */
export const keyOf = (role) =>
  svg(
    "svg",
    { viewBox: "0 0 34 10", class: "cnn-key", "aria-hidden": "true" },
    svg("path", { d: "M1 5L33 5", class: `cnn-curve ${role}` }),
  );
