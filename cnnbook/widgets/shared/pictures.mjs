// Pictures as planes of numbers: { shape: [H, W], planes: [Float64Array, ...], white }, one plane for grey,
// three for colour.
import { decode, isInteger, largest } from "./arrays.mjs";

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

// The picture of a model's image: named, and then looked up on the page or in the model; or carried as an
// array.
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

// A file of the reader's, scaled to `side` pixels at the most. It stays in this browser.
export async function pictureFromFile(file, side = 256) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const W = Math.max(1, Math.round(bitmap.width * scale));
  const H = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = Object.assign(document.createElement("canvas"), { width: W, height: H });
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, W, H);
  context.drawImage(bitmap, 0, 0, W, H);
  return { ...interleaved(context.getImageData(0, 0, W, H).data, [H, W], 3, 4, 255), whole: true };
}

// The luma of ITU-R BT.601; of whole numbers it is rounded, as in cnnbook.data.to_grey.
export function greyOf({ shape, planes, white, whole }) {
  if (planes.length === 1) return { shape, planes, white, whole };
  const [red, green, blue] = planes;
  const grey = Float64Array.from(red, (r, i) => {
    const sum = 299 * r + 587 * green[i] + 114 * blue[i];
    return whole ? Math.floor((sum + 500) / 1000) : sum / 1000;
  });
  return { shape, planes: [grey], white, whole };
}
