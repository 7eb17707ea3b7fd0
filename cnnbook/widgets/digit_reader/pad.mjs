// The drawing: a mouse or a finger draws; with keys a cursor moves, and Space puts the pen down or lifts it.
import { h } from "../shared/dom.mjs";
import { SIDE, boxOf, stroke } from "./bitmaps.mjs";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 4; // times as far with Shift

// Ink as a picture whose colour is the page's: its dots are opaque.
/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} bitmap
 * @param {number[]} colour
 */
export function paint(canvas, bitmap, colour) {
  const image = new ImageData(SIDE, SIDE);
  const [r, g, b] = colour;
  const ink = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0; // a browser's machines are little endian
  const pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < bitmap.length; k += 1) pixels[k] = bitmap[k] ? ink : 0;
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** @returns {HTMLElement} a canvas of one pixel a dot */
export const bitmapCanvas = () => h("canvas", { width: SIDE, height: SIDE, class: "cnn-reader-ink" });

export class Pad {
  /** @param {{ draw: (bitmap: Uint8Array) => void, clear: () => void, say: (text: string) => void }} on */
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
      this.line(this.last);
    });
    area.addEventListener("pointermove", (event) => {
      if (!this.last) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const one of all.length ? all : [event]) this.line(placeOf(one));
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      area.addEventListener(end, () => {
        this.last = null;
      });
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
    this.line(this.cursor);
    this.on.say(this.erases ? "The eraser is down." : "The pen is down.");
  }

  lift() {
    if (this.down) this.on.say("The pen is lifted.");
    this.down = false;
    this.last = null;
    this.showCursor();
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
