// The maps of one layer as pictures. A click or arrow keys choose a number on one of them.
import { h } from "../shared/dom.mjs";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// Each number as a colour, its size as how opaque that is: 0 is the page itself.
function picture({ shape: [, , H, W], data }, c, most, colours) {
  const image = new ImageData(W, H);
  const scale = most ? 255 / most : 0;
  const [plus, minus] = colours.map(([r, g, b]) => (b << 16) | (g << 8) | r); // little endian
  const pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < H * W; k += 1) {
    const value = data[c * H * W + k];
    pixels[k] = (Math.round(scale * Math.abs(value)) << 24) | (value < 0 ? minus : plus);
  }
  return image;
}

export class Maps {
  /**
   * @param {string} name
   * @param {number[]} shape - (C, H, W)
   * @param {(place: { channel: number, row: number, column: number }) => void} choose
   */
  constructor(name, shape, choose) {
    Object.assign(this, { shape, choose, place: { channel: 0, row: 0, column: 0 } });
    const [C, H, W] = shape;
    this.canvases = Array.from({ length: C }, (_, c) => h("canvas", { width: W, height: H, "data-map": c }));
    this.cells = this.canvases.map((canvas) => h("div", { class: "cnn-reader-map" }, canvas));
    this.shown = new Map(); // where each frame stands
    this.frame = h("div", { class: "cnn-frame" });
    this.window = h("div", { class: "cnn-frame cnn-reader-window" });
    this.area = h(
      "div",
      {
        class: "cnn-reader-maps",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "maps",
        "aria-label": `${name}: arrow keys choose a number`,
      },
      this.cells,
    );
    const size = h("span", { class: "cnn-size" }, `${C} \u00d7 ${H} \u00d7 ${W}`);
    const title = h("div", {}, h("b", {}, name), " ", size);
    this.element = h("div", { class: "cnn-reader-layer" }, title, this.area);
    this.listen();
  }

  listen() {
    const [C, H, W] = this.shape;
    this.area.addEventListener("click", ({ target, clientX, clientY }) => {
      const channel = this.cells.findIndex((cell) => cell.contains(target));
      if (channel < 0) return;
      const box = this.canvases[channel].getBoundingClientRect();
      const at = (offset, length, n) => Math.min(n - 1, Math.max(0, Math.floor((offset / length) * n)));
      this.choose({
        channel,
        row: at(clientY - box.top, box.height, H),
        column: at(clientX - box.left, box.width, W),
      });
    });
    this.area.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey || event.ctrlKey) return;
      const { channel, row, column } = this.place;
      const pages = { PageUp: C - 1, PageDown: 1 };
      if (event.key in pages) this.choose({ ...this.place, channel: (channel + pages[event.key]) % C });
      else if (STEPS[event.key]) this.step(channel, row + STEPS[event.key][0], column + STEPS[event.key][1]);
      else if (event.key === " " || event.key === "Enter") this.choose(this.place);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  // Beyond its side a map is followed by the next one.
  step(channel, row, column) {
    const [C, H, W] = this.shape;
    const to = channel + (column < 0 ? -1 : column >= W ? 1 : 0);
    if (row < 0 || row >= H || to < 0 || to >= C) return;
    this.choose({ channel: to, row, column: (column + W) % W });
  }

  show(output, most, colours) {
    for (const [c, canvas] of this.canvases.entries())
      canvas.getContext("2d").putImageData(picture(output, c, most, colours), 0, 0);
  }

  // Frame a number, and what a later number came from: { channel, at: [top, left, height, width] }.
  mark(place, seen) {
    if (place) this.place = place;
    this.put(this.frame, place && { channel: place.channel, at: [place.row, place.column, 1, 1] });
    this.put(this.window, seen);
  }

  put(frame, shown) {
    if (!shown) return frame.remove();
    const [, H, W] = this.shape;
    const { channel, at } = shown;
    const [top, left] = [Math.max(0, at[0]), Math.max(0, at[1])];
    const [bottom, right] = [Math.min(H, at[0] + at[2]), Math.min(W, at[1] + at[3])];
    const style =
      `top:${(100 * top) / H}%;left:${(100 * left) / W}%;` +
      `height:${(100 * (bottom - top)) / H}%;width:${(100 * (right - left)) / W}%`;
    if (this.shown.get(frame) !== style) frame.style.cssText = style;
    this.shown.set(frame, style);
    if (frame.parentElement !== this.cells[channel]) this.cells[channel].append(frame);
  }
}
