// The drawing that the model holds: other drawings take its place, and the image follows.
import { blank, centred, shrunk, spread } from "./bitmaps.mjs";

/** @typedef {import("./bitmaps.mjs").Bitmap} Bitmap */

export class Ink {
  /**
   * @param {import("../shared/explorer.mjs").Explorer} explorer
   * @param {Float64Array} images - the held-out pictures, 64 counts each
   */
  constructor(explorer, images) {
    Object.assign(this, { explorer, images, pending: null });
  }

  get stretched() {
    return this.explorer.model.get("centred");
  }

  /** @returns {Bitmap} */
  all() {
    return Uint8Array.from(this.explorer.array("drawing").data);
  }

  /** @returns {Bitmap} the dots that are counted */
  counted() {
    return this.stretched ? centred(this.all()) : this.all();
  }

  clear() {
    this.become(blank(), true);
  }

  /** @param {number} picture - a held-out one is drawn */
  pick(picture) {
    const image = this.images.slice(64 * picture, 64 * (picture + 1)).map((count) => count / 16);
    this.put(spread(image), image, false, picture);
  }

  /**
   * @param {Bitmap} ink
   * @param {boolean} stretched
   */
  become(ink, stretched) {
    this.put(ink, shrunk(stretched ? centred(ink) : ink), stretched, null);
  }

  // A stroke is shown at once, and read once a frame.
  /** @param {Bitmap} ink */
  later(ink) {
    const waiting = this.pending;
    this.pending = ink;
    if (waiting) return;
    requestAnimationFrame(() => this.pending && this.become(this.pending, this.stretched));
  }

  put(drawing, image, stretched, picture) {
    this.pending = null;
    const sent = (shape, dtype, data) => ({ shape, dtype, data });
    this.explorer.take({
      drawing: sent([32, 32], "uint8", drawing),
      image: sent([8, 8], "float64", image),
      centred: stretched,
      picture,
    });
  }
}
