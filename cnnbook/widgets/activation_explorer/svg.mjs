// Elements of drawings, and numbers in them.

/**
 * @param {number | string} number
 * @returns {string} with a real minus sign
 */
export const withMinus = (number) => String(number).replace("-", "\u2212");

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(string | Node)} children
 * @returns {any} a new element
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A short line that looks as a curve does.
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
