// Pictures as planes of numbers: { shape: [H, W], planes: [Float64Array, ...], white }, one plane for grey,
// three for colour.
import { decode, isInteger, largest } from "./arrays.mjs";

/** @typedef {{ shape: number[], planes: Float64Array[], white: number, whole?: boolean }} Picture */

const unpacked = new Map();

// A bundled picture travels as the differences along each row, deflated: exact, and no canvas is needed to
// read it.
async function unpack({ shape: [H, W, C], deflated }) {
  const bytes = Uint8Array.from(atob(deflated), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const pixels = new Uint8Array(await new Response(stream).arrayBuffer());
  for (let row = 0; row < H; row += 1) {
    for (let i = row * W * C + C; i < (row + 1) * W * C; i += 1) pixels[i] += pixels[i - C];
  }
  return interleaved(pixels, [H, W], C, C, 255);
}

// Planes from pixels that follow one another, `step` numbers a pixel.
function interleaved(pixels, [H, W], channels, step, white) {
  const planes = Array.from({ length: channels }, () => new Float64Array(H * W));
  planes.forEach((plane, c) => {
    for (let i = 0; i < plane.length; i += 1) plane[i] = pixels[i * step + c];
  });
  return { shape: [H, W], planes, white };
}

/**
 * @param {any} image - named, and then looked up on the page or in the model; or carried as an array
 * @param {Record<string, any>} [packed]
 * @returns {Promise<Picture>}
 */
export function pictureOf(image, packed) {
  if (!image.name) {
    const array = decode(image);
    const [H, W, C = 1] = array.shape;
    const white = !isInteger(array) && largest(array.data) <= 1 ? 1 : 255;
    return Promise.resolve({ ...interleaved(array.data, [H, W], C, C, white), whole: isInteger(array) });
  }
  if (!unpacked.has(image.name)) {
    const found = globalThis.cnnbookPictures?.[image.name] ?? packed?.[image.name];
    if (!found) throw new Error(`the picture ${image.name} is not on this page`);
    unpacked.set(image.name, unpack(found));
  }
  return unpacked.get(image.name).then((picture) => ({ ...picture, whole: true }));
}

/**
 * @param {File} file - the reader's: it is read here, and sent nowhere
 * @param {number} [side] - at most so many pixels along a side
 * @returns {Promise<{ dtype: string, shape: number[], data: Uint8Array }>} an array (H, W, 3)
 */
export async function pictureFromFile(file, side = 256) {
  const picture = await createImageBitmap(file).catch(() => drawing(file));
  const [w, h] = [picture.width, picture.height];
  if (!w || !h) throw new Error(`${file.name} has no size`);
  const [W, H] = [w, h].map((n) => Math.max(1, Math.round(n * Math.min(1, side / Math.max(w, h)))));
  return { dtype: "uint8", shape: [H, W, 3], data: means(picture, [w, h], [W, H]) };
}

// What createImageBitmap does not read, as SVG.
async function drawing(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}

// The mean over the area that each pixel takes the place of, on white; a row of them at a time.
function means(picture, [w, h], [W, H]) {
  const pixels = new Uint8Array(H * W * 3);
  const deep = Math.ceil(h / H) + 1;
  const canvas = Object.assign(document.createElement("canvas"), { width: w, height: deep });
  const context = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  context.fillStyle = "white";
  for (let i = 0; i < H; i += 1) {
    const [top, bottom] = [(i * h) / H, ((i + 1) * h) / H];
    const first = Math.floor(top);
    context.fillRect(0, 0, w, deep);
    context.drawImage(picture, 0, -first);
    const { data } = context.getImageData(0, 0, w, deep);
    const sums = new Float64Array(w * 3);
    for (let row = first; row < bottom; row += 1) {
      const share = Math.min(bottom, row + 1) - Math.max(top, row);
      for (let j = 0; j < w; j += 1)
        for (let c = 0; c < 3; c += 1) sums[3 * j + c] += share * data[4 * ((row - first) * w + j) + c];
    }
    for (let j = 0; j < W; j += 1) {
      const [left, right] = [(j * w) / W, ((j + 1) * w) / W];
      for (let c = 0; c < 3; c += 1) {
        let sum = 0;
        for (let column = Math.floor(left); column < right; column += 1)
          sum += (Math.min(right, column + 1) - Math.max(left, column)) * sums[3 * column + c];
        pixels[3 * (i * W + j) + c] = Math.round(sum / ((right - left) * (bottom - top)));
      }
    }
  }
  return pixels;
}

/**
 * @param {Picture} picture
 * @returns {Picture} the luma of ITU-R BT.601; of whole numbers it is rounded, as in cnnbook.data.to_grey
 */
export function greyOf({ shape, planes, white, whole }) {
  if (planes.length === 1) return { shape, planes, white, whole };
  const [red, green, blue] = planes;
  const grey = Float64Array.from(red, (r, i) => {
    const sum = 299 * r + 587 * green[i] + 114 * blue[i];
    return whole ? Math.floor((sum + 500) / 1000) : sum / 1000;
  });
  return { shape, planes: [grey], white, whole };
}
