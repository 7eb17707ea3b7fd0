// Numbers as pixels.

/**
 * @typedef {{ shape: number[], planes: Float64Array[] }} Planes a picture, or what became of it
 * @typedef {{ scale: number, offset: number, dropSign: boolean }} Tone how a number becomes a level
 */

/**
 * @param {Planes} picture
 * @param {Tone} tone
 * @returns {ImageData}
 */
export function toImageData({ shape: [H, W], planes }, { scale, offset, dropSign }) {
  const image = new ImageData(W, H);
  const pixels = image.data; // clamps and rounds by itself
  for (let c = 0; c < 3; c += 1) {
    const plane = planes[planes.length === 1 ? 0 : c];
    for (let i = 0, at = c; i < plane.length; i += 1, at += 4) {
      const value = plane[i];
      pixels[at] = scale * (dropSign && value < 0 ? -value : value) + offset;
    }
  }
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return image;
}
