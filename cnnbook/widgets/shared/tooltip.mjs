// A word or two beside a control, on hover and on focus; Escape hides it.
import { h } from "./dom.mjs";

let bubble;

function place(owner) {
  bubble ??= h("div", { class: "cnn-tip", "aria-hidden": "true" });
  bubble.textContent = owner.dataset.tip;
  owner.append(bubble);
}

/**
 * @param {HTMLElement} owner
 * @param {string} text
 * @returns {HTMLElement}
 */
export function tip(owner, text) {
  owner.dataset.tip = text;
  owner.classList.add("cnn-has-tip");
  for (const event of ["pointerenter", "focus"]) owner.addEventListener(event, () => place(owner));
  for (const event of ["pointerleave", "blur"]) owner.addEventListener(event, () => bubble?.remove());
  owner.addEventListener("keydown", (event) => {
    if (event.key === "Escape") bubble?.remove();
  });
  return owner;
}
