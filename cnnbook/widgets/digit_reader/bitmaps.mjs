// Drawings of 32 by 32 dots, and the small pictures that are made of them: what bitmaps.py does.

/** @typedef {Uint8Array} Bitmap 1024 dots, row after row: 1 is ink */

export const SIDE = 32;
const BLOCK = 4;

/** @returns {Bitmap} */
export const blank = () => new Uint8Array(SIDE * SIDE);

/**
 * @param {Bitmap} bitmap
 * @returns {Float64Array} the dots in each block of 4 by 4, as shares of 16
 */
export function shrunk(bitmap) {
  const image = new Float64Array(64);
  for (let k = 0; k < bitmap.length; k += 1) {
    const [row, column] = [Math.floor(k / SIDE), k % SIDE];
    image[Math.floor(row / BLOCK) * 8 + Math.floor(column / BLOCK)] += bitmap[k] / 16;
  }
  return image;
}

// How dark a place of a row of blocks is, in eighths of two of them.
const NEIGHBOURS = [
  [-1, 3],
  [-1, 1],
  [1, 1],
  [1, 3],
];
function between(value, place) {
  const [block, [step, share]] = [Math.floor(place / BLOCK), NEIGHBOURS[place % BLOCK]];
  const other = Math.min(7, Math.max(0, block + step));
  return (8 - share) * value(block) + share * value(other);
}

// One of the drawings that shrink to a picture: in each block as many dots as it counts, where its neighbours
// are dark.
/**
 * @param {ArrayLike<number>} image
 * @returns {Bitmap}
 */
export function spread(image) {
  const bitmap = blank();
  const counts = Array.from(image, (share) => Math.round(16 * share));
  const dark = (row, column) => between((i) => between((j) => counts[i * 8 + j], column), row);
  for (let block = 0; block < 64; block += 1) {
    const [top, left] = [Math.floor(block / 8) * BLOCK, (block % 8) * BLOCK];
    const places = Array.from({ length: 16 }, (_, k) => [top + Math.floor(k / BLOCK), left + (k % BLOCK)]);
    const darkness = new Map(places.map((place) => [place, dark(place[0], place[1])]));
    places.sort((one, other) => Number(darkness.get(other)) - Number(darkness.get(one)));
    for (const [row, column] of places.slice(0, counts[block])) bitmap[row * SIDE + column] = 1;
  }
  return bitmap;
}

/**
 * @param {Bitmap} bitmap
 * @returns {{ top: number, left: number, height: number, width: number } | null} where the ink is
 */
export function boxOf(bitmap) {
  let [top, left, bottom, right] = [SIDE, SIDE, -1, -1];
  for (let k = 0; k < bitmap.length; k += 1) {
    if (!bitmap[k]) continue;
    const [row, column] = [Math.floor(k / SIDE), k % SIDE];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

// The ink, stretched until its longer side is 32 dots, in the middle.
/**
 * @param {Bitmap} bitmap
 * @returns {Bitmap}
 */
export function centred(bitmap) {
  const box = boxOf(bitmap);
  if (!box) return bitmap.slice();
  const { top, left, height, width } = box;
  const longest = Math.max(height, width);
  const long = (n) => Math.max(1, Math.floor((2 * SIDE * n + longest) / (2 * longest)));
  const [H, W] = [long(height), long(width)];
  const [down, right] = [(SIDE - H) >> 1, (SIDE - W) >> 1];
  const result = blank();
  for (let i = 0; i < H; i += 1) {
    const from = (top + Math.floor(((2 * i + 1) * height) / (2 * H))) * SIDE + left;
    for (let j = 0; j < W; j += 1)
      result[(down + i) * SIDE + right + j] = bitmap[from + Math.floor(((2 * j + 1) * width) / (2 * W))];
  }
  return result;
}

const at = (bitmap, row, column) =>
  row < 0 || column < 0 || row >= SIDE || column >= SIDE ? 0 : bitmap[row * SIDE + column];

/** @type {(bitmap: Bitmap, f: (row: number, column: number, dot: number) => number) => Bitmap} */
const each = (bitmap, f) => bitmap.map((dot, k) => f(Math.floor(k / SIDE), k % SIDE, dot));

/** @type {(bitmap: Bitmap, down: number, right: number) => Bitmap} */
export const moved = (bitmap, down, right) =>
  each(bitmap, (row, column) => at(bitmap, row - down, column - right));

/** @type {(bitmap: Bitmap) => Bitmap} */
export const turned = (bitmap) => bitmap.slice().reverse();

const BESIDE = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
];
/** @type {(bitmap: Bitmap) => Bitmap} */
export const thickened = (bitmap) =>
  each(bitmap, (row, column, dot) =>
    dot || BESIDE.some(([i, j]) => at(bitmap, row + i, column + j)) ? 1 : 0,
  );

// From above, clockwise.
const AROUND = [
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
];
const peeled = (bitmap, first) =>
  each(bitmap, (row, column, dot) => {
    if (!dot) return 0;
    const around = AROUND.map(([i, j]) => at(bitmap, row + i, column + j));
    const ink = around.reduce((sum, one) => sum + one, 0);
    const starts = around.filter((one, k) => !one && around[(k + 1) % 8]).length;
    const [up, , right, , down, , left] = around;
    const open = first ? !(right && down && (up || left)) : !(up && left && (right || down));
    return ink >= 2 && ink <= 6 && starts === 1 && open ? 0 : 1;
  });

// One iteration of Zhang and Suen (1984): a layer of dots comes off, and no line breaks.
/** @type {(bitmap: Bitmap) => Bitmap} */
export const thinned = (bitmap) => peeled(peeled(bitmap, true), false);

// A pen of 4 by 4 dots without its corners.
const PEN = [-1, 0, 1, 2].flatMap((i) =>
  [-1, 0, 1, 2]
    .filter((j) => i * j !== -2 && Math.abs(i * j) < 4 && !(i === -1 && j === -1))
    .map((j) => [i, j]),
);

// A line from one dot to another, drawn (ink 1) or erased (0) in place.
/**
 * @param {Bitmap} bitmap
 * @param {number[]} from - row and column
 * @param {number[]} to
 * @param {number} ink
 */
export function stroke(bitmap, from, to, ink) {
  const steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  for (let k = 0; k <= steps; k += 1) {
    const [row, column] = from.map((start, axis) => Math.round(start + ((to[axis] - start) * k) / steps));
    for (const [i, j] of PEN) {
      const [r, c] = [row + i, column + j];
      if (r >= 0 && c >= 0 && r < SIDE && c < SIDE) bitmap[r * SIDE + c] = ink;
    }
  }
}
