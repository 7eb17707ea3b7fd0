// Numbers as text, and text as numbers.

// Integers as they are, fractions to two decimals: what stands in a cell.
/**
 * @param {number} value
 * @returns {string}
 */
export function cellText(value) {
  if (Number.isInteger(value)) return String(value);
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : text;
}

// The same with a real minus sign: what stands in a sentence or a formula.
/**
 * @param {number} value
 * @returns {string}
 */
export const proseText = (value) => cellText(value).replace("-", "\u2212");

/**
 * @param {number} value
 * @returns {string}
 */
export const inBrackets = (value) => (value < 0 ? `(${proseText(value)})` : proseText(value));

// The number that a reader typed, or the reason why it is none.
/**
 * @param {string} text
 * @param {number} bound
 * @returns {{ value?: number, error?: string }}
 */
export function parseNumber(text, bound) {
  const value = Number(text.trim().replace("\u2212", "-").replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) return { error: `\u201c${text}\u201d is not a number.` };
  if (Math.abs(value) > bound) return { error: `${text} is too large: at most ${bound} either way.` };
  return { value: value + 0 };
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
