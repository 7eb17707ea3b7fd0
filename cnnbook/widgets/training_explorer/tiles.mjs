// Small grey pictures of a few numbers, drawn anew at any frame.
import { h } from "../shared/dom.mjs";
import { toImageData } from "../shared/pixels.mjs";

/** @typedef {{ low: number, high: number }} Range what is black and what is white */

// Zero is in the middle of the grey.
/**
 * @param {Float64Array} data
 * @returns {Range}
 */
export function around(data) {
  const most = data.reduce((best, value) => Math.max(best, Math.abs(value)), 0) || 1;
  return { low: -most, high: most };
}

// From 0, or below, up.
/**
 * @param {Float64Array} data
 * @returns {Range}
 */
export function above(data) {
  const low = data.reduce((least, value) => Math.min(least, value), 0);
  return { low, high: data.reduce((most, value) => Math.max(most, value), 0) || 1 };
}

export class Tile {
  /** @param {number} side - pixels */
  constructor(side) {
    this.side = side;
    this.element = h("canvas", { class: "cnn-tile", width: side, height: side, "aria-hidden": "true" });
  }

  /**
   * @param {Float64Array} data
   * @param {Range} range
   */
  draw(data, { low, high }) {
    const scale = 255 / (high - low);
    const tone = { scale, offset: -low * scale, dropSign: false };
    const image = toImageData({ shape: [this.side, this.side], planes: [data] }, tone);
    this.element.getContext("2d").putImageData(image, 0, 0);
  }
}
