// How many windows fit, and how far one reaches.

/**
 * @param {number} kernelSize
 * @param {number} dilation
 * @returns {number}
 */
export const span = (kernelSize, dilation) => dilation * (kernelSize - 1) + 1;

// Zero or less means none.
/**
 * @param {number} n
 * @param {number} kernelSize
 * @param {number} stride
 * @param {number} padding
 * @param {number} dilation
 * @returns {number}
 */
export const outputSize = (n, kernelSize, stride, padding, dilation) =>
  Math.floor((n + 2 * padding - span(kernelSize, dilation)) / stride) + 1;
