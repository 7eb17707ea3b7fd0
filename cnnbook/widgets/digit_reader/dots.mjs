// Ink as a picture, and the dots that are counted.
import { h } from "../shared/dom.mjs";
import { SIDE } from "./bitmaps.mjs";

// Its colour is the page's: the dots are opaque.
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

export class Dots {
  constructor() {
    this.canvas = bitmapCanvas();
    const made = h("div", { class: "cnn-reader-made", "aria-hidden": "true" }, this.canvas);
    const title = [h("b", {}, "dots"), " ", h("span", { class: "cnn-size" }, "4 \u00d7 4 a block")];
    this.element = h("figure", { class: "cnn-figure" }, h("figcaption", {}, title), made);
  }

  /**
   * @param {ArrayLike<number>} bitmap
   * @param {number[]} colour
   */
  show(bitmap, colour) {
    paint(this.canvas, bitmap, colour);
  }
}
