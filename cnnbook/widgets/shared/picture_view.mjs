// A picture with a frame on it. Pointing at it, a tap, a sideways drag or keys move the frame; a click or
// Space pins it. A finger that moves up or down scrolls the page, and the frame stays.
import { h, setText } from "./dom.mjs";

const PAGE = 10;
const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};
const FAR = 10; // times as far with Shift
const SIDEWAYS = 8; // px from where a finger began

export class PictureView {
  /**
   * @param {object} picture
   * @param {string} picture.name
   * @param {string} picture.role
   * @param {boolean} [picture.focusable]
   * @param {object} picture.on - point(row, column), step(down, right), pin(), release(); rows and columns
   * are pixels of this picture
   */
  constructor({ name, role, focusable, on }) {
    Object.assign(this, { on, name, finger: null });
    this.canvas = h("canvas", { width: 1, height: 1 });
    this.frame = h("div", { class: "cnn-frame" });
    this.caption = h("span", { class: "cnn-size" });
    this.area = h(
      "div",
      {
        class: `cnn-picture cnn-${role}`,
        ...(focusable
          ? {
              tabindex: "0",
              role: "application",
              "aria-roledescription": "picture",
              "aria-label": `${name}: arrow keys move the window`,
            }
          : { "aria-hidden": "true" }),
      },
      this.canvas,
      h("div", { class: "cnn-overlay" }, this.frame),
    );
    this.element = h(
      "figure",
      { class: "cnn-figure" },
      h("figcaption", {}, h("b", {}, name), " ", this.caption),
      this.area,
    );
    this.listen();
  }

  listen() {
    const { area, on } = this;
    const point = (event) => {
      const box = area.getBoundingClientRect();
      const at = (offset, length, count) =>
        Math.min(count - 1, Math.max(0, Math.floor((offset / length) * count)));
      on.point(
        at(event.clientY - box.top, box.height, this.canvas.height),
        at(event.clientX - box.left, box.width, this.canvas.width),
      );
    };
    const moved = ({ clientX, clientY }) => {
      const [right, down] = [clientX - this.finger.x, clientY - this.finger.y].map(Math.abs);
      return right > SIDEWAYS && right > down;
    };
    area.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") {
        this.finger = { x: event.clientX, y: event.clientY, drags: false };
        return;
      }
      on.release();
      point(event);
    });
    area.addEventListener("pointermove", (event) => {
      const { finger } = this;
      if (event.pointerType !== "touch") point(event);
      else if (finger && (finger.drags ||= moved(event))) {
        on.release();
        point(event);
      }
    });
    area.addEventListener("pointerup", (event) => {
      if (!this.finger) return;
      this.finger = null;
      on.release();
      point(event);
      on.pin();
    });
    area.addEventListener("pointercancel", () => {
      this.finger = null;
    });
    area.addEventListener("click", (event) => {
      if (event.pointerType !== "touch") on.pin();
    });
    area.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey || event.ctrlKey) return;
      const far = event.shiftKey ? FAR : 1;
      if (STEPS[event.key]) on.step(...STEPS[event.key].map((step) => step && step * far));
      else if (event.key === " ") on.pin();
      else if (event.key === "Escape") on.release();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  draw(image) {
    const { canvas } = this;
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    canvas.getContext("2d").putImageData(image, 0, 0);
    setText(this.caption, `${image.height} \u00d7 ${image.width}`);
  }

  // In per cent of the picture, so that it holds at any size.
  place(row, column, height, width, pinned) {
    const { canvas, frame } = this;
    const box =
      `top:${(100 * row) / canvas.height}%;left:${(100 * column) / canvas.width}%;` +
      `height:${(100 * height) / canvas.height}%;width:${(100 * width) / canvas.width}%`;
    if (this.box !== box) frame.style.cssText = box;
    this.box = box;
    frame.classList.toggle("pinned", pinned);
  }
}
