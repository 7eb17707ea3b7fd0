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
  const levelOf = (value) => scale * (dropSign && value < 0 ? -value : value) + offset;
  const [red, green, blue] = planes;
  for (let i = 0, at = 0; i < red.length; i += 1, at += 4) {
    const first = levelOf(red[i]);
    pixels[at] = first;
    pixels[at + 1] = blue ? levelOf(green[i]) : first;
    pixels[at + 2] = blue ? levelOf(blue[i]) : first;
    pixels[at + 3] = 255;
  }
  return image;
}
