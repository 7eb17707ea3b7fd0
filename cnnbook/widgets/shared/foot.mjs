// The last line of a widget: what folds open on the left, "reset" on the right; below, what is open.
import { button, h, newId } from "./dom.mjs";

/** A button that shows a panel, and puts it away again. */
export class Fold {
  /**
   * @param {string} name
   * @param {() => (string | Node)[]} content asked for each time that the panel opens
   */
  constructor(name, content) {
    this.content = content;
    this.panel = h("div", { class: "cnn-panel", id: newId(), hidden: true });
    this.button = button(name, () => this.show(this.panel.hidden));
    this.button.classList.add("cnn-fold");
    this.button.setAttribute("aria-controls", this.panel.id);
    this.button.setAttribute("aria-expanded", "false");
  }

  /** @param {boolean} open */
  show(open) {
    if (open) this.panel.replaceChildren(...this.content());
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }

  /** Offer it, or take it away. */
  set hidden(hidden) {
    if (hidden) this.show(false);
    this.button.hidden = hidden;
  }
}

/**
 * @param {Fold[]} folds
 * @param {() => void} reset
 * @returns {HTMLElement}
 */
export const foot = (folds, reset) =>
  h(
    "div",
    { class: "cnn-foot" },
    h("div", { class: "cnn-foot-line" }, ...folds.map((fold) => fold.button), button("reset", reset)),
    ...folds.map((fold) => fold.panel),
  );
