// The drawing: a mouse or a finger draws; with keys a cursor moves, and Space puts the pen down or lifts it.
import { h } from "../shared/dom.mjs";
import { SIDE, boxOf, stroke } from "./bitmaps.mjs";
import { bitmapCanvas, paint } from "./dots.mjs";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 4; // times as far with Shift

export class Pad {
  /** @param {{ draw: (bitmap: Uint8Array) => void, clear: () => void,
   *    hold: (down: boolean, told?: string) => void }} on */
  constructor(on) {
    Object.assign(this, { on, erases: false, last: null, cursor: [16, 16], down: false, bitmap: null });
    this.canvas = bitmapCanvas();
    this.box = h("div", { class: "cnn-reader-box" });
    this.mark = h("div", { class: "cnn-reader-cursor" });
    this.area = h(
      "div",
      {
        class: "cnn-reader-pad",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "drawing",
        "aria-label": "drawing: arrow keys move the pen, Space puts it down or lifts it",
      },
      this.canvas,
      this.box,
      this.mark,
    );
    this.element = h(
      "figure",
      { class: "cnn-figure" },
      h("figcaption", {}, h("b", {}, "drawing")),
      this.area,
    );
    this.listen();
  }

  listen() {
    const { area } = this;
    const placeOf = ({ clientX, clientY }) => {
      const box = area.getBoundingClientRect();
      const at = (offset, length) => Math.min(SIDE - 1, Math.max(0, Math.floor((offset / length) * SIDE)));
      return [at(clientY - box.top, box.height), at(clientX - box.left, box.width)];
    };
    area.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      if (event.isTrusted) area.setPointerCapture(event.pointerId);
      this.lift();
      this.last = placeOf(event);
      this.on.hold(true);
      this.line(this.last);
    });
    area.addEventListener("pointermove", (event) => {
      if (!this.last || this.down) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const one of all.length ? all : [event]) this.line(placeOf(one));
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      area.addEventListener(end, () => this.leave());
    area.addEventListener("blur", () => this.lift());
    area.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey || event.ctrlKey || !this.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  // A line from where the pen was.
  line(to) {
    this.cursor = to;
    stroke(this.bitmap, this.last ?? to, to, this.erases ? 0 : 1);
    this.last = to;
    this.on.draw(this.bitmap);
  }

  press({ key, shiftKey }) {
    if (STEPS[key]) this.step(STEPS[key], shiftKey ? FAR : 1);
    else if (key === " " || key === "Enter") this.toggle();
    else if (key === "Escape") this.lift();
    else if (key === "Delete" || key === "Backspace") this.on.clear();
    else return false;
    this.showCursor();
    return true;
  }

  step(direction, far) {
    const to = this.cursor.map((at, axis) => Math.min(SIDE - 1, Math.max(0, at + direction[axis] * far)));
    if (this.down) this.line(to);
    this.cursor = to;
  }

  toggle() {
    if (this.down) return this.lift();
    this.down = true;
    this.last = this.cursor;
    this.on.hold(true, this.erases ? "The eraser is down." : "The pen is down.");
    this.line(this.cursor);
  }

  lift() {
    this.leave(this.down ? "The pen is lifted." : "");
    this.down = false;
    this.showCursor();
  }

  // The stroke ends, if there is one.
  leave(told = "") {
    if (this.last) this.on.hold(false, told);
    this.last = null;
  }

  showCursor() {
    const [row, column] = this.cursor;
    this.mark.style.cssText = `top:${(100 * row) / SIDE}%;left:${(100 * column) / SIDE}%`;
    this.mark.classList.toggle("down", this.down);
  }

  // The ink, and its box where it will be stretched.
  show(bitmap, colour, stretched) {
    this.bitmap = Uint8Array.from(bitmap);
    paint(this.canvas, bitmap, colour);
    const box = stretched ? boxOf(this.bitmap) : null;
    this.box.hidden = !box;
    if (box) {
      const per = (n) => `${(100 * n) / SIDE}%`;
      const { top, left, height, width } = box;
      this.box.style.cssText = `top:${per(top)};left:${per(left)};height:${per(height)};width:${per(width)}`;
    }
    this.showCursor();
  }
}
