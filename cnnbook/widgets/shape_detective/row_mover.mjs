// A handle that moves a row among others: drag it by mouse or finger, or use the arrow keys. It is no tab
// stop of its own: the row's name takes keys that do the same.
import { h } from "../shared/dom.mjs";

export class Grip {
  /**
   * @param {() => number} place - this row's own, from 0
   * @param {() => HTMLElement[]} grips - the handles of all rows
   * @param {object} on
   * @param {(from: number, to: number, part: string) => void} on.move
   * @param {(place: number, side: string) => void} on.mark
   */
  constructor(place, grips, on) {
    Object.assign(this, { place, grips, on, dragged: false });
    this.element = h(
      "button",
      { type: "button", class: "cnn-grip", tabindex: "-1", title: "drag to move" },
      h("span", { "aria-hidden": "true" }, "\u2807"),
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("pointerdown", (event) => this.start(event));
  }

  // The whole document is listened to: a browser may decline to capture the pointer.
  start({ button, pointerId }) {
    if (button) return;
    this.element.setPointerCapture(pointerId);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    document.addEventListener("pointermove", (event) => this.drag(event), { signal });
    document.addEventListener("pointerup", () => this.end(true), { signal });
    document.addEventListener("pointercancel", () => this.end(false), { signal });
    Object.assign(this, { dragged: true, to: this.place() });
  }

  drag({ clientY }) {
    if (!this.dragged) return;
    const middles = this.grips().map((grip) => {
      const { top, height } = grip.getBoundingClientRect();
      return top + height / 2;
    });
    this.to = middles.filter((middle, row) => row !== this.place() && middle < clientY).length;
    this.on.mark(this.place(), this.to);
  }

  end(done) {
    if (!this.dragged) return;
    this.dragged = false;
    this.listeners.abort();
    this.on.mark(null);
    if (done && this.to !== this.place()) this.on.move(this.place(), this.to, "handle");
  }

  key(event) {
    if (event.key === "Escape") this.end(false);
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.on.move(this.place(), this.place() + step, "handle");
  }
}

/**
 * @param {KeyboardEvent} event
 * @returns {number} up or down, or 0 for other keys
 */
export const stepOf = ({ key, ctrlKey, metaKey }) =>
  ctrlKey || metaKey ? 0 : ({ ArrowUp: -1, ArrowDown: 1 }[key] ?? 0);
