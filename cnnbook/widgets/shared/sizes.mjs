// How many windows fit, and how far one reaches.

export const span = (kernelSize, dilation) => dilation * (kernelSize - 1) + 1;

// Zero or less means none.
export const outputSize = (n, kernelSize, stride, padding, dilation) =>
  Math.floor((n + 2 * padding - span(kernelSize, dilation)) / stride) + 1;
