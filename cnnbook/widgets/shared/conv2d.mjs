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
// 3x3 read each row once; others take one weight after the other.
function addPlane(y, to, [H, W], x, from, wide, weight, at, K) {
  if (K === 3) {
    const [a, b, c, d, e, f, g, h, i] = weight.subarray(at, at + 9);
    for (let row = 0; row < H; row += 1) {
      const [out, top] = [to + row * W, from + row * wide];
      const [middle, low] = [top + wide, top + 2 * wide];
      for (let j = 0; j < W; j += 1) {
        y[out + j] +=
          a * x[top + j] +
          b * x[top + j + 1] +
          c * x[top + j + 2] +
          d * x[middle + j] +
          e * x[middle + j + 1] +
          f * x[middle + j + 2] +
          g * x[low + j] +
          h * x[low + j + 1] +
          i * x[low + j + 2];
      }
    }
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

// Input and output channels swapped, each slice turned by half a circle: what carries a gradient back.
/** @param {Tensor} weight */
function turned({ shape: [O, C, K], data }) {
  const result = zeros([C, O, K, K]);
  for (let o = 0; o < O; o += 1) {
    for (let c = 0; c < C; c += 1) {
      for (let k = 0; k < K * K; k += 1)
        result.data[(c * O + o) * K * K + K * K - 1 - k] = data[(o * C + c) * K * K + k];
    }
  }
  return result;
}

// The gradient of one slice of a kernel: at each of its places a product of two planes.
function slice(into, at, K, g, from, [H, W], x, start, wide) {
  for (let u = 0; u < K; u += 1) {
    for (let v = 0; v < K; v += 1) {
      let sum = 0;
      for (let row = 0; row < H; row += 1) {
        const [one, other] = [from + row * W, start + (row + u) * wide + v];
        for (let j = 0; j < W; j += 1) sum += g[one + j] * x[other + j];
      }
      into[at + u * K + v] += sum;
    }
  }
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
  for (let n = 0; n < N; n += 1) {
    for (let o = 0; o < O; o += 1) {
      const from = (n * O + o) * H * W;
      for (let k = 0; k < H * W; k += 1) gradBias.data[o] += gradOut.data[from + k];
      for (let c = 0; c < C; c += 1) {
        const start = (n * C + c) * tall * wide;
        slice(gradWeight.data, (o * C + c) * K * K, K, gradOut.data, from, [H, W], data, start, wide);
      }
    }
  }
  const back = needed ? conv2d(gradOut, turned(weight), null, K - 1 - padding) : null;
  return { x: back, weight: gradWeight, bias: gradBias };
}
