// Making elements.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const MATHML_TAGS = new Set(["math", "mrow", "mi", "mn", "mo", "mfrac", "msub", "mtext"]);

// h("button", { class: "x", onclick: f }, "text", child): a new element with its attributes, listeners and
// children.
/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(string | Node | (string | Node)[])} children
 * @returns {any} a new element
 */
export function h(tag, attributes = {}, ...children) {
  const element = MATHML_TAGS.has(tag) ? document.createElementNS(MATHML, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat());
  return element;
}

// A part of a drawing.
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

/**
 * @param {string} name
 * @param {() => void} onclick
 * @returns {HTMLButtonElement}
 */
export const button = (name, onclick) => h("button", { type: "button", class: "cnn-button", onclick }, name);

// A sign between grids, such as "=": to be seen, not to be read out.
/**
 * @param {string} text
 * @returns {HTMLSpanElement}
 */
export const sign = (text) => h("span", { class: "cnn-sign", "aria-hidden": "true" }, text);

// A sign and what follows it, which stay on one line.
/**
 * @param {HTMLElement} mark
 * @param {...HTMLElement} parts
 * @returns {HTMLElement}
 */
export const withSign = (mark, ...parts) => h("div", { class: "cnn-with-sign" }, mark, ...parts);

// A part of a formula in the colour of what it comes from.
/**
 * @param {string} role
 * @param {string} text
 * @returns {HTMLSpanElement}
 */
export const span = (role, text) => h("span", { class: `cnn-term-${role}` }, text);

// In a notebook each widget has its own copy of this module: a counter alone would repeat itself.
const scope = Math.random().toString(36).slice(2, 8);
let counter = 0;
/** @returns {string} */
export const newId = () => `cnn-${scope}-${(counter += 1)}`;

/**
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
