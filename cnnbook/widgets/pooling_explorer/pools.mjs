// Where the windows lie, what becomes of each, and where its gradient goes.

/**
 * @typedef {{ H: number, W: number, k: number, s: number, p: number, H_out: number, W_out: number }} Geometry
 * @typedef {{ pooling: string, count_include_pad: boolean }} Kind
 */

/**
 * @param {number[]} shape
 * @param {{ kernel_size: number, stride: number, padding: number }} settings
 * @returns {Geometry}
 */
export function geometry([H, W], { kernel_size: k, stride: s, padding: p }) {
  const [H_out, W_out] = [H, W].map((n) => Math.floor((n + 2 * p - k) / s) + 1);
  return { H, W, k, s, p, H_out, W_out };
}

// Why there can be no such pooling, or nothing.
/**
 * @param {Geometry} g
 * @returns {string | undefined}
 */
export function refusal({ H, W, k, p, H_out, W_out }) {
  if (2 * p > k)
    return `a padding of ${p} is more than half of a window of ${k}, so that some windows would hold nothing else.`;
  for (const [n, out, way] of /** @type {[number, number, string][]} */ ([
    [H, H_out, "height"],
    [W, W_out, "width"],
  ])) {
    if (out < 1)
      return `a window of ${k} does not fit: the input has ${n + 2 * p} in ${way}${p ? ", with its frame" : ""}.`;
  }
}

// The part of window `l` that lies on the input.
/**
 * @param {Geometry} g
 * @param {number} l
 * @returns {{ top: number, bottom: number, left: number, right: number }}
 */
export function windowAt({ H, W, k, s, p, W_out }, l) {
  const top = Math.floor(l / W_out) * s - p;
  const left = (l % W_out) * s - p;
  return {
    top: Math.max(top, 0),
    bottom: Math.min(top + k, H),
    left: Math.max(left, 0),
    right: Math.min(left + k, W),
  };
}

// Each window's number, where the largest one stands, and by what a sum is divided.
/**
 * @param {Geometry} g
 * @param {ArrayLike<number>} x
 * @param {Kind} kind
 * @returns {{ values: Float64Array, winners: Int32Array, divisors: Float64Array }}
 */
export function pool(g, x, { pooling, count_include_pad }) {
  const { H, W, k, s, p, H_out, W_out } = g;
  const count = H_out * W_out;
  const [values, winners] = [new Float64Array(count), new Int32Array(count)];
  const divisors = new Float64Array(count).fill(k * k);
  for (let l = 0; l < count; l += 1) {
    // As windowAt, without an object for each window: a photograph has thousands.
    const top = Math.floor(l / W_out) * s - p;
    const left = (l % W_out) * s - p;
    const [bottom, right] = [Math.min(top + k, H), Math.min(left + k, W)];
    const [first, start] = [Math.max(top, 0), Math.max(left, 0)];
    let best = -Infinity;
    let winner = first * W + start;
    let total = 0;
    for (let row = first; row < bottom; row += 1) {
      const end = row * W + right;
      for (let at = row * W + start; at < end; at += 1) {
        const value = x[at];
        total += value;
        // Of equal numbers the first.
        if (value > best) {
          best = value;
          winner = at;
        }
      }
    }
    if (!count_include_pad) divisors[l] = (bottom - first) * (right - start);
    values[l] = pooling === "max" ? best : total / divisors[l];
    winners[l] = winner;
  }
  return { values, winners, divisors };
}

// The windows that hold a place of the input, or of the frame around it.
/**
 * @param {Geometry} g
 * @param {{ row: number, column: number }} place
 * @returns {number[]}
 */
export function windowsOn({ k, s, p, H_out, W_out }, { row, column }) {
  const along = (place, count) => {
    const first = Math.max(0, Math.ceil((place + p - k + 1) / s));
    const last = Math.min(count - 1, Math.floor((place + p) / s));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  };
  const columns = along(column, W_out);
  return along(row, H_out).flatMap((i) => columns.map((j) => i * W_out + j));
}

// The places of the input that window `l` holds.
/**
 * @param {Geometry} g
 * @param {number} l
 * @returns {number[]}
 */
export function pixelsOf(g, l) {
  const { top, bottom, left, right } = windowAt(g, l);
  const places = [];
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) places.push(row * g.W + column);
  return places;
}

// The gradient of the input, and how many windows gave to each place of it.
/**
 * @param {Geometry} g
 * @param {ArrayLike<number>} gradOut
 * @param {{ winners: Int32Array, divisors: Float64Array }} pooled
 * @param {Kind} kind
 * @returns {{ gradX: Float64Array, givers: Int32Array }}
 */
export function route(g, gradOut, { winners, divisors }, { pooling }) {
  const [gradX, givers] = [new Float64Array(g.H * g.W), new Int32Array(g.H * g.W)];
  const give = (place, share) => {
    gradX[place] += share;
    givers[place] += 1;
  };
  for (let l = 0; l < gradOut.length; l += 1) {
    if (pooling === "max") give(winners[l], gradOut[l]);
    else for (const place of pixelsOf(g, l)) give(place, gradOut[l] / divisors[l]);
  }
  return { gradX, givers };
}

const [SIDE, FARTHEST] = [128, 8];

// What is pooled of a picture that is moved to the right.
/**
 * @param {{ shape: number[], planes: Float64Array[] }} grey
 * @param {number} shift
 * @returns {{ shape: number[], data: Float64Array }}
 */
export function cut({ shape: [H, W], planes: [plane] }, shift) {
  const [h, w] = [Math.min(SIDE, H), Math.min(SIDE, W - FARTHEST)];
  const [top, left] = [(H - h) >> 1, ((W - w + FARTHEST) >> 1) - shift];
  const data = new Float64Array(h * w);
  for (let i = 0; i < h; i += 1) {
    const from = (top + i) * W + left;
    data.set(plane.subarray(from, from + w), i * w);
  }
  return { shape: [h, w], data };
}

/**
 * @param {Float64Array} one
 * @param {Float64Array} other
 * @returns {Float64Array}
 */
export const difference = (one, other) => one.map((value, k) => value - other[k]);

/**
 * @param {Float64Array} data
 * @returns {number}
 */
export const meanSize = (data) => data.reduce((sum, value) => sum + Math.abs(value), 0) / data.length;
