// The arithmetic of a sliding window on one picture: the same numbers as cnnbook's, without a kernel process.

export const span = (kernelSize, dilation) => dilation * (kernelSize - 1) + 1;

// How many windows fit; zero or less means none.
export const outputSize = (n, kernelSize, stride, padding, dilation) =>
  Math.floor((n + 2 * padding - span(kernelSize, dilation)) / stride) + 1;

// g describes a whole setting: { H, W, K_h, K_w, stride, padding, dilation, flip }.
export function geometry(image, kernel, { stride, padding, dilation, flip }) {
  const [H, W] = image.shape;
  const [K_h, K_w] = kernel.shape;
  const H_out = outputSize(H, K_h, stride, padding, dilation);
  const W_out = outputSize(W, K_w, stride, padding, dilation);
  return { H, W, K_h, K_w, H_out, W_out, stride, padding, dilation, flip };
}

// The products of one window, in the window's order. `pixel` is -1 where the window lies on the padding.
export function windowTerms(g, position) {
  const top = Math.floor(position / g.W_out) * g.stride - g.padding;
  const left = (position % g.W_out) * g.stride - g.padding;
  const terms = [];
  for (let u = 0; u < g.K_h; u += 1) {
    for (let v = 0; v < g.K_w; v += 1) {
      const row = top + u * g.dilation;
      const column = left + v * g.dilation;
      const inside = row >= 0 && row < g.H && column >= 0 && column < g.W;
      const weight = g.flip ? (g.K_h - 1 - u) * g.K_w + (g.K_w - 1 - v) : u * g.K_w + v;
      terms.push({ row, column, pixel: inside ? row * g.W + column : -1, weight });
    }
  }
  return terms;
}

export function correlate(image, kernel, g) {
  const weights = g.flip ? kernel.data.slice().reverse() : kernel.data;
  const data = new Float64Array(g.H_out * g.W_out);
  for (let position = 0; position < data.length; position += 1) {
    const top = Math.floor(position / g.W_out) * g.stride - g.padding;
    const left = (position % g.W_out) * g.stride - g.padding;
    let sum = 0;
    for (let u = 0, row = top; u < g.K_h; u += 1, row += g.dilation) {
      if (row < 0 || row >= g.H) continue;
      for (let v = 0, column = left; v < g.K_w; v += 1, column += g.dilation) {
        if (column >= 0 && column < g.W) sum += image.data[row * g.W + column] * weights[u * g.K_w + v];
      }
    }
    data[position] = sum;
  }
  return { dtype: "float64", shape: [g.H_out, g.W_out], data };
}

// Every meeting of a pixel and a weight that passes the test: { position, pixel, weight, row, column }.
export function meetings(g, test) {
  const found = [];
  for (let position = 0; position < g.H_out * g.W_out; position += 1) {
    for (const term of windowTerms(g, position)) if (test(term)) found.push({ position, ...term });
  }
  return found;
}

// Which rows (or columns) of the padded input some window reaches; index 0 is the first padded one.
export function reached(n, kernelSize, count, { stride, padding, dilation }) {
  const hit = new Array(n + 2 * padding).fill(false);
  for (let start = 0; start < count; start += 1) {
    for (let u = 0; u < kernelSize; u += 1) hit[start * stride + u * dilation] = true;
  }
  return hit;
}
