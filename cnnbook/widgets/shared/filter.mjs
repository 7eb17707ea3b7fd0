// A kernel on a whole picture, and which level its numbers become.

/**
 * @typedef {import("./pixels.mjs").Planes} Planes
 * @typedef {import("./pixels.mjs").Tone} Tone
 */

// Add one row of weights (those from `w` on), sliding along one row of pixels, to a row of the output. The
// widths of nearly all kernels have a loop of their own that reads each pixel once: a photograph has to be
// filtered within a frame.
const ALONG = {
  3(result, start, end, pixels, from, weights, w) {
    const a = weights[w];
    const b = weights[w + 1];
    const c = weights[w + 2];
    let x = pixels[from];
    let y = pixels[from + 1];
    for (let j = start, at = from + 2; j < end; j += 1, at += 1) {
      const z = pixels[at];
      result[j] += a * x + b * y + c * z;
      x = y;
      y = z;
    }
  },
  5(result, start, end, pixels, from, weights, w) {
    const a = weights[w];
    const b = weights[w + 1];
    const c = weights[w + 2];
    const d = weights[w + 3];
    const e = weights[w + 4];
    let t = pixels[from];
    let x = pixels[from + 1];
    let y = pixels[from + 2];
    let z = pixels[from + 3];
    for (let j = start, at = from + 4; j < end; j += 1, at += 1) {
      const last = pixels[at];
      result[j] += a * t + b * x + c * y + d * z + e * last;
      t = x;
      x = y;
      y = z;
      z = last;
    }
  },
};

const alongAny = (width) => (result, start, end, pixels, from, weights, w) => {
  for (let v = 0; v < width; v += 1) {
    for (let j = start, at = from + v; j < end; j += 1, at += 1) result[j] += weights[w + v] * pixels[at];
  }
};

// Add to `result` what a kernel makes of one plane.
/**
 * @param {Float64Array} result
 * @param {Float64Array} plane
 * @param {number[]} shape - the plane's
 * @param {Float64Array} weights - as they are applied
 * @param {number[]} size
 */
export function addFiltered(result, plane, [H, W], weights, [K_h, K_w]) {
  const wide = W - K_w + 1;
  const along = ALONG[K_w] ?? alongAny(K_w);
  for (let i = 0, start = 0; i <= H - K_h; i += 1, start += wide) {
    for (let u = 0; u < K_h; u += 1) along(result, start, start + wide, plane, (i + u) * W, weights, u * K_w);
  }
}

// Plane by plane: { shape: [H_out, W_out], planes }. `used` may have planes that nobody needs any more: they
// are written over, which is faster than new ones.
/**
 * @param {Planes} picture
 * @param {Float64Array} weights - as they are applied
 * @param {number[]} size
 * @param {Float64Array[]} [used]
 * @returns {Planes}
 */
export function filter({ shape, planes }, weights, size, used = []) {
  const [H_out, W_out] = shape.map((n, axis) => n - size[axis] + 1);
  const results = planes.map((plane, c) => {
    const old = used[c]?.length === H_out * W_out ? used[c].fill(0) : null;
    const result = old ?? new Float64Array(H_out * W_out);
    addFiltered(result, plane, shape, weights, size);
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
