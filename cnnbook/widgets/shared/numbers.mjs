// Numbers as text, and text as numbers.

// Integers as they are, fractions to two decimals: what stands in a cell.
/**
 * @param {number} value
 * @returns {string}
 */
export function cellText(value) {
  if (Number.isInteger(value)) return String(value);
  // Half of a hundredth goes to the even digit, as in Python: 0.125 is 0.12.
  const down = Math.abs(8 * value) % 4 === 1 ? 0.005 * Math.sign(value) : 0;
  return unsigned((value - down).toFixed(2));
}

// Without the sign of a zero: "-0.00" is "0.00".
const unsigned = (text) => (Number(text) === 0 ? text.replace("-", "") : text);

/**
 * @param {number | string} number
 * @returns {string} with a real minus sign
 */
export const withMinus = (number) => String(number).replace("-", "\u2212");

/**
 * @param {number} value
 * @param {number} digits
 * @returns {string} to so many decimals, with a real minus sign; what rounds to zero has none
 */
export const fixedText = (value, digits) => withMinus(unsigned(value.toFixed(digits)));

// The same with a real minus sign: what stands in a sentence or a formula.
/**
 * @param {number} value
 * @returns {string}
 */
export const proseText = (value) => withMinus(cellText(value));

/**
 * @param {number} value
 * @returns {string}
 */
export const inBrackets = (value) => bracketed(proseText(value));

/**
 * @param {string} text
 * @returns {string} in brackets, if it begins with a minus sign
 */
export const bracketed = (text) => (text.startsWith("\u2212") ? `(${text})` : text);

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const LONGEST = 100;
const MINUS = /\s*[-\u2212\u2013]\s*/y;
const PLUS = /\s*\+\s*/y;
const TIMES = /\s*(?!\*\*)[*\u00d7\u00b7\u22c5x]\s*/iy;
const OVER = /\s*[/\u00f7\u2044\u2215]\s*/y;
const POWER = /\s*(?:\*\*|\^)\s*/y;
const OPEN = /\s*\(\s*/y;
const CLOSE = /\s*\)\s*/y;
// A number with everything that may group its digits, and a power of ten.
const LITERAL = /[\d.,][\d.,_'\u2019]*(?:[ \u00a0\u2009\u202f][\d.,][\d.,_'\u2019]*)*(?:e[-+\u2212]?\d+)?/iy;
const GROUPED = /^([1-9]\d{0,2}(?:([ ,.'_])\d{3})(?:\2\d{3})*)(?:([.,])(\d*))?$/;
const PLAIN = /^(?=.*\d)\d*[.,]?\d*$/;

// The number that a reader typed, or the reason why it is none: 1/9, 256*256*3, 196 608, 196,608, 1e-3.
// A comma and three digits are thousands, as in the book. A point is a decimal point, unless there are two
// of them, or three digits follow where a `whole` number is asked for: 196.608.
/**
 * @param {string} text
 * @param {number} bound
 * @param {{ whole?: boolean }} [options]
 * @returns {{ value?: number, error?: string }}
 */
export function parseNumber(text, bound, { whole = false } = {}) {
  const typed = text.trim();
  const quoted = `\u201c${typed.length > 40 ? `${typed.slice(0, 40)}\u2026` : typed}\u201d`;
  if (!typed) return { error: "Type a number." };
  const { value, zero } = typed.length > LONGEST ? { value: NaN } : evaluate(typed, whole);
  if (zero) return { error: `${quoted} divides by zero.` };
  if (Number.isNaN(value)) return { error: `${quoted} is not a number.` };
  if (Math.abs(value) > bound)
    return { error: `${quoted} is too large: at most ${groups(bound)} either way.` };
  return { value: value + 0 };
}

// What a text was read as, where that is not plain: "= 196,608".
/**
 * @param {string} text
 * @param {number} [value]
 * @returns {string}
 */
export function readingText(text, value) {
  if (value === undefined || Number(text.trim().replace("\u2212", "-")) === value) return "";
  return `= ${Number.isInteger(value) ? groups(value) : proseDigits(value)}`;
}

const groups = (value) =>
  String(value)
    .replace(/\B(?=(\d{3})+$)/g, ",")
    .replace("-", "\u2212");
const proseDigits = (value) => String(Number(value.toPrecision(6))).replace("-", "\u2212");

// Sums, products, quotients and powers, as Python reads them, or NaN.
// What is whole but for its rounding is whole: 0.3/0.1 is 3.
function evaluate(text, whole) {
  let place = 0;
  let zero = false;
  let operations = 0;
  const take = (pattern) => {
    pattern.lastIndex = place;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) place = pattern.lastIndex;
    return found;
  };
  const sum = () => {
    let value = product();
    for (;;) {
      if (take(PLUS)) value += product();
      else if (take(MINUS)) value -= product();
      else return value;
      operations += 1;
    }
  };
  const product = () => {
    let value = factor();
    for (;;) {
      if (take(TIMES)) value *= factor();
      else if (take(OVER)) {
        const below = factor();
        zero ||= below === 0;
        value /= below;
      } else return value;
      operations += 1;
    }
  };
  const factor = () => {
    if (take(MINUS)) return -factor();
    if (take(PLUS)) return factor();
    const base = atom();
    if (!take(POWER)) return base;
    operations += 1;
    const exponent = factor();
    zero ||= base === 0 && exponent < 0;
    return base ** exponent;
  };
  const atom = () => {
    if (!take(OPEN)) return literal(take(LITERAL) ?? "", whole);
    const value = sum();
    return take(CLOSE) ? value : NaN;
  };
  const value = sum();
  if (place < text.length) return { value: NaN };
  const near = Math.round(value);
  return { value: operations && Math.abs(value - near) <= 1e-12 * Math.abs(near) ? near : value, zero };
}

// One number without a sign, by what stands between its digits.
function literal(text, whole) {
  const plain = text
    .replace(/[\u00a0\u2009\u202f]/g, " ")
    .replace(/\u2019/g, "'")
    .replace("\u2212", "-");
  const [digits, exponent = "0"] = plain.split(/e/i);
  const [, thousands, mark, point, rest = ""] = GROUPED.exec(digits) ?? [];
  const by = (number) => Number(`${number}e${exponent}`);
  const thousandths = !whole && /^\d+\.\d+$/.test(digits);
  if (thousands && mark !== point && !thousandths) return by(`${thousands.replaceAll(mark, "")}.${rest}`);
  return PLAIN.test(digits) ? by(digits.replace(",", ".")) : NaN;
}
