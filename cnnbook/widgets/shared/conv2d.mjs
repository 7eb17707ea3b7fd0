// The convolution of a whole batch, forward and backward: stride 1, square kernels, padding with zeros.

/**
 * @typedef {{ shape: number[], data: Float64Array }} Tensor numbers with a shape, as NumPy lays them out
 * @typedef {{ N: number, C: number, H: number, W: number }} Size
 */

/**
 * @param {number[]} shape
 * @returns {Tensor} zeros
 */
export const zeros = (shape) => ({
  shape,
  data: new Float64Array(shape.reduce((product, n) => product * n, 1)),
});

// A frame of zeros around every channel.
/**
 * @param {Tensor} x
 * @param {number} padding
 * @returns {Tensor}
 */
export function padded({ shape: [N, C, H, W], data }, padding) {
  if (!padding) return { shape: [N, C, H, W], data };
  const [tall, wide] = [H + 2 * padding, W + 2 * padding];
  const result = zeros([N, C, tall, wide]);
  for (let row = 0; row < N * C * H; row += 1) {
    const to = (Math.floor(row / H) * tall + (row % H) + padding) * wide + padding;
    for (let j = 0; j < W; j += 1) result.data[to + j] = data[row * W + j];
  }
  return result;
}

// Add to one plane of the output what one plane of the input and its slice of the kernel give. Kernels of
// 3x3 read each number once; others take one weight after the other. In what runs this often nothing is
// made: no array, no list of names.
function addPlane(y, to, [H, W], x, from, wide, weight, at, K) {
  if (K === 3) {
    addThree(y, to, H, W, x, from, wide, weight, at);
    return;
  }
  for (let u = 0; u < K; u += 1) {
    for (let v = 0; v < K; v += 1) {
      const w = weight[at + u * K + v];
      for (let row = 0; row < H; row += 1) {
        const [out, start] = [to + row * W, from + (row + u) * wide + v];
        for (let j = 0; j < W; j += 1) y[out + j] += w * x[start + j];
      }
    }
  }
}

function addThree(y, to, H, W, x, from, wide, weight, at) {
  const a = weight[at];
  const b = weight[at + 1];
  const c = weight[at + 2];
  const d = weight[at + 3];
  const e = weight[at + 4];
  const f = weight[at + 5];
  const g = weight[at + 6];
  const h = weight[at + 7];
  const i = weight[at + 8];
  for (let row = 0; row < H; row += 1) {
    let top = from + row * wide;
    let middle = top + wide;
    let low = middle + wide;
    const end = to + row * W + W;
    for (let out = end - W; out < end; out += 1) {
      const above = a * x[top] + b * x[top + 1] + c * x[top + 2];
      const beside = d * x[middle] + e * x[middle + 1] + f * x[middle + 2];
      y[out] += above + beside + (g * x[low] + h * x[low + 1] + i * x[low + 2]);
      top += 1;
      middle += 1;
      low += 1;
    }
  }
}

/**
 * @param {Tensor} x - (N, C, H, W)
 * @param {Tensor} weight - (O, C, K, K)
 * @param {Tensor | null} bias - (O,)
 * @param {number} padding
 * @returns {Tensor} (N, O, H + 2 padding - K + 1, W + 2 padding - K + 1)
 */
export function conv2d(x, weight, bias, padding) {
  const { shape, data } = padded(x, padding);
  const [N, C, tall, wide] = shape;
  const [O, , K] = weight.shape;
  const [H, W] = [tall - K + 1, wide - K + 1];
  const y = zeros([N, O, H, W]);
  for (let n = 0; n < N; n += 1) {
    for (let o = 0; o < O; o += 1) {
      const to = (n * O + o) * H * W;
      if (bias) y.data.fill(bias.data[o], to, to + H * W);
      for (let c = 0; c < C; c += 1) {
        const from = (n * C + c) * tall * wide;
        addPlane(y.data, to, [H, W], data, from, wide, weight.data, (o * C + c) * K * K, K);
      }
    }
  }
  return y;
}

// The places of a plane where its gradient is not 0: what a ReLU and a pooling leave of it.
class Places {
  constructor(size, [W, wide]) {
    this.count = 0;
    this.at = new Int32Array(size); // in a padded plane, the top left corner of the window
    this.values = new Float64Array(size);
    this.corner = Int32Array.from({ length: size }, (_, k) => Math.floor(k / W) * wide + (k % W));
  }

  // Returns their sum.
  find(g, from) {
    let [sum, count] = [0, 0];
    for (let k = 0; k < this.corner.length; k += 1) {
      const value = g[from + k];
      if (value === 0) continue;
      this.at[count] = this.corner[k];
      this.values[count] = value;
      sum += value;
      count += 1;
    }
    this.count = count;
    return sum;
  }
}

// What those places give one slice of the kernel, and, if it is wanted, the plane of the input that the
// slice slid over. Kernels of 3x3 go along the places once.
function back(places, x, gradX, start, wide, weight, gradWeight, at, K) {
  for (let u = 0; u < K; u += 1) {
    const offset = start + u * wide;
    if (K === 3) backThree(places, x, gradX, offset, weight, gradWeight, at + 3 * u);
    else
      for (let v = 0; v < K; v += 1)
        backOne(places, x, gradX, offset + v, weight, gradWeight, at + K * u + v);
  }
}

function backOne({ count, at: corners, values }, x, gradX, offset, weight, gradWeight, at) {
  const w = weight[at];
  let sum = 0;
  for (let k = 0; k < count; k += 1) sum += values[k] * x[offset + corners[k]];
  gradWeight[at] += sum;
  if (gradX) for (let k = 0; k < count; k += 1) gradX[offset + corners[k]] += w * values[k];
}

// A row of three weights.
function backThree({ count, at: corners, values }, x, gradX, offset, weight, gradWeight, at) {
  let left = 0;
  let middle = 0;
  let right = 0;
  for (let k = 0; k < count; k += 1) {
    const place = offset + corners[k];
    const value = values[k];
    left += value * x[place];
    middle += value * x[place + 1];
    right += value * x[place + 2];
  }
  gradWeight[at] += left;
  gradWeight[at + 1] += middle;
  gradWeight[at + 2] += right;
  if (!gradX) return;
  const a = weight[at];
  const b = weight[at + 1];
  const c = weight[at + 2];
  for (let k = 0; k < count; k += 1) {
    const place = offset + corners[k];
    const value = values[k];
    gradX[place] += a * value;
    gradX[place + 1] += b * value;
    gradX[place + 2] += c * value;
  }
}

// Without the frame of padding.
/**
 * @param {Tensor} x
 * @param {number} padding
 * @returns {Tensor}
 */
function cropped({ shape: [N, C, tall, wide], data }, padding) {
  if (!padding) return { shape: [N, C, tall, wide], data };
  const [H, W] = [tall - 2 * padding, wide - 2 * padding];
  const result = zeros([N, C, H, W]);
  for (let row = 0; row < N * C * H; row += 1) {
    const from = (Math.floor(row / H) * tall + (row % H) + padding) * wide + padding;
    for (let j = 0; j < W; j += 1) result.data[row * W + j] = data[from + j];
  }
  return result;
}

/**
 * @param {Tensor} gradOut - (N, O, H_out, W_out)
 * @param {Tensor} x
 * @param {Tensor} weight
 * @param {number} padding - at most K - 1
 * @param {boolean} [needed] - whether the input's gradient is
 * @returns {{ x: Tensor | null, weight: Tensor, bias: Tensor }}
 */
export function conv2dBackward(gradOut, x, weight, padding, needed = true) {
  const { shape, data } = padded(x, padding);
  const [N, C, tall, wide] = shape;
  const [, O, H, W] = gradOut.shape;
  const K = weight.shape[2];
  const [gradWeight, gradBias] = [zeros(weight.shape), zeros([O])];
  const gradX = needed ? zeros(shape) : null;
  const places = new Places(H * W, [W, wide]);
  for (let n = 0; n < N; n += 1) {
    for (let o = 0; o < O; o += 1) {
      gradBias.data[o] += places.find(gradOut.data, (n * O + o) * H * W);
      for (let c = 0; c < C; c += 1) {
        const [start, at] = [(n * C + c) * tall * wide, (o * C + c) * K * K];
        back(places, data, gradX && gradX.data, start, wide, weight.data, gradWeight.data, at, K);
      }
    }
  }
  return { x: gradX && cropped(gradX, padding), weight: gradWeight, bias: gradBias };
}
