// What stands in the padding: PyTorch's padding modes, one direction at a time.

const COPIED = {
  zeros: () => -1,
  reflect: (i, n) => (i < 0 ? -i : 2 * (n - 1) - i),
  replicate: (i, n) => (i < 0 ? 0 : n - 1),
  circular: (i, n) => (i < 0 ? i + n : i - n),
};

// For each row (or column) of the padded input: which one of the input stands there; -1 is a row of zeros.
/**
 * @param {number} n
 * @param {number} padding
 * @param {string} mode
 * @returns {number[]}
 */
export const origins = (n, padding, mode) =>
  Array.from({ length: n + 2 * padding }, (_, place) => {
    const i = place - padding;
    return i >= 0 && i < n ? i : COPIED[mode](i, n);
  });

// Why an input of n rows (or columns) cannot be padded in this way, or null.
/**
 * @param {number} n
 * @param {number} padding
 * @param {string} mode
 * @returns {string | null}
 */
export function tooMuch(n, padding, mode) {
  if (mode === "reflect" && padding >= n) return "reflected padding has to be smaller than the input";
  if (mode === "circular" && padding > n) return "circular padding cannot be larger than the input";
  return null;
}
