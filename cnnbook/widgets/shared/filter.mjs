// A kernel on a whole picture, and which level its numbers become.

/**
 * @typedef {import("./pixels.mjs").Planes} Planes
 * @typedef {import("./pixels.mjs").Tone} Tone
 */

// Add one row of weights, sliding along one row of pixels, to a row of the output. The widths of nearly all
// kernels have a loop of their own that reads each pixel once: a photograph has to be filtered within a
// frame.
const ALONG = {
  3(line, pixels, from, [a, b, c]) {
    let [x, y] = [pixels[from], pixels[from + 1]];
    for (let j = 0; j < line.length; j += 1) {
      const z = pixels[from + j + 2];
      line[j] += a * x + b * y + c * z;
      x = y;
      y = z;
    }
  },
  5(line, pixels, from, [a, b, c, d, e]) {
    let [t, x, y, z] = [pixels[from], pixels[from + 1], pixels[from + 2], pixels[from + 3]];
    for (let j = 0; j < line.length; j += 1) {
      const last = pixels[from + j + 4];
      line[j] += a * t + b * x + c * y + d * z + e * last;
      t = x;
      x = y;
      y = z;
      z = last;
    }
  },
};

function alongAny(line, pixels, from, weights) {
  weights.forEach((weight, v) => {
    for (let j = 0; j < line.length; j += 1) line[j] += weight * pixels[from + v + j];
  });
}

// Plane by plane: { shape: [H_out, W_out], planes }. `weights` lies as it is applied.
/**
 * @param {Planes} picture
 * @param {Float64Array} weights
 * @param {number[]} size
 * @returns {Planes}
 */
export function filter({ shape: [H, W], planes }, weights, [K_h, K_w]) {
  const H_out = H - K_h + 1;
  const W_out = W - K_w + 1;
  const along = ALONG[K_w] ?? alongAny;
  const rows = Array.from({ length: K_h }, (_, u) => [...weights.subarray(u * K_w, (u + 1) * K_w)]);
  const results = planes.map((plane) => {
    const result = new Float64Array(H_out * W_out);
    for (let i = 0; i < H_out; i += 1) {
      const line = result.subarray(i * W_out, (i + 1) * W_out);
      for (let u = 0; u < K_h; u += 1) along(line, plane, (i + u) * W, rows[u]);
    }
    return result;
  });
  return { shape: [H_out, W_out], planes: results };
}

const BINS = 1024;
const SHARE = 0.995;

// The smallest and the largest value, and `most`: the magnitude that all but the strongest 0.5 % stay below.
/**
 * @param {Float64Array[]} planes
 * @returns {{ low: number, high: number, most: number }}
 */
export function rangeOf(planes) {
  let low = Infinity;
  let high = -Infinity;
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i += 1) {
      const value = plane[i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const top = Math.max(-low, high);
  return { low, high, most: top === 0 ? 0 : shareBelow(planes, top) };
}

function shareBelow(planes, top) {
  const bins = new Uint32Array(BINS + 1);
  const scale = BINS / top;
  for (const plane of planes)
    for (let i = 0; i < plane.length; i += 1) bins[(Math.abs(plane[i]) * scale) | 0] += 1;
  let left = SHARE * planes.length * planes[0].length;
  let bin = 0;
  while (bin < BINS && left > bins[bin]) {
    left -= bins[bin];
    bin += 1;
  }
  return Math.min(top, (bin + 1) / scale);
}

// How a result becomes a level from 0 to 255: scale * value + offset, of the magnitude if `sign` is dropped.
/**
 * @param {string} view
 * @param {{ most?: number }} range
 * @param {number} white
 * @returns {Tone}
 */
export function tone(view, { most }, white) {
  if (view === "signed") return { scale: 127.5 / (most || white), offset: 127.5, dropSign: false };
  if (view === "absolute") return { scale: 255 / (most || white), offset: 0, dropSign: true };
  return { scale: 255 / white, offset: 0, dropSign: false };
}

/**
 * @param {Tone} tone
 * @param {number} value
 * @returns {number}
 */
export const level = ({ scale, offset, dropSign }, value) =>
  Math.min(255, Math.max(0, Math.round(scale * (dropSign ? Math.abs(value) : value) + offset)));
