// Which keys belong to a control. JupyterLab takes every key that is a shortcut of its own before a widget
// sees it, unless the focused element bears an attribute: it does for the keys that it uses, and for no
// others.
const KEEP = "data-lm-suppress-shortcuts";
const MOVES = /^(Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown)$/;
const EDITING = /^([acvxyzZ]|Backspace|Delete)$/; // Z with Shift does again what was undone
const TEXT = "input:not([type=range], [type=radio], [type=checkbox], [type=file]), textarea";
const CELL = "[role=gridcell]";

/**
 * @param {Element} element
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the element uses the key itself
 */
export function uses(element, event) {
  if (event.ctrlKey || event.metaKey) return !event.altKey && usesWithControl(element, event);
  const { key, altKey, shiftKey } = event;
  const letter = key.length === 1;
  if (altKey) return MOVES.test(key) || (letter && element.matches(TEXT));
  if (key === "Enter") return !shiftKey;
  if (MOVES.test(key) || key === " " || key === "Escape") return true;
  if (element.matches(TEXT)) return letter || key === "Backspace" || key === "Delete";
  if (element.matches(CELL)) return /^([-\d.]|F2)$/.test(key);
  return letter && element.matches("select");
}

/**
 * @param {Element} element
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function usesWithControl(element, { key, metaKey, shiftKey }) {
  if (!element.matches(TEXT)) return MOVES.test(key) && !shiftKey && !metaKey && element.matches(CELL);
  return MOVES.test(key) || EDITING.test(key);
}

// Keep the own keys of everything inside a root; returns what ends it. The window hears a key before the
// document, where JupyterLab listens.
/**
 * @param {Element} root
 * @returns {() => void}
 */
export function keepOwnKeys(root) {
  /** @type {Element | undefined} */
  let keeping;
  /** @param {KeyboardEvent} event */
  const hear = (event) => {
    const element = /** @type {Element} */ (event.target);
    if (!root.contains(element)) return;
    keeping?.removeAttribute(KEEP); // it may lie around the one that has the focus now
    keeping = uses(element, event) ? element : undefined;
    keeping?.setAttribute(KEEP, "true");
  };
  window.addEventListener("keydown", hear, true);
  return () => window.removeEventListener("keydown", hear, true);
}
