// Kernels by name and size, and a kernel at another size.

/** @typedef {import("../shared/arrays.mjs").Numbers} Numbers */

/**
 * @param {number[][]} rows
 * @returns {Numbers}
 */
function arrayOf(rows) {
  const data = Float64Array.from(rows.flat());
  return {
    dtype: data.every(Number.isInteger) ? "int64" : "float64",
    shape: [rows.length, rows[0].length],
    data,
  };
}

const sumOf = (rows) => Math.round(1e9 * rows.flat().reduce((sum, value) => sum + value, 0)) / 1e9;

export class Presets {
  /** @param {{ name: string }[]} presets each with its rows by its sizes, as `presets` of the model */
  constructor(presets) {
    this.presets = presets;
  }

  get names() {
    return this.presets.map(({ name }) => name);
  }

  rows(name, size) {
    return this.presets.find((preset) => preset.name === name)[size];
  }

  /**
   * @param {Numbers} kernel
   * @returns {string | null} the name of the preset that the kernel is, if it is one
   */
  nameOf({ shape: [K_h, K_w], data }) {
    const same = (rows) => rows && K_h === K_w && rows.flat().every((value, index) => value === data[index]);
    return this.presets.find((preset) => same(preset[K_h]))?.name ?? null;
  }

  /**
   * @param {string} name
   * @param {number} size
   * @returns {{ kernel: Numbers, view: string }} the kernel, and the view that suits its result
   */
  named(name, size) {
    if (name !== "random") {
      const rows = this.rows(name, size);
      return { kernel: arrayOf(rows), view: sumOf(rows) === 0 ? "signed" : "clamped" };
    }
    const data = Float64Array.from({ length: size * size }, () => Math.round(20 * Math.random() - 10) / 10);
    return { kernel: { dtype: "float64", shape: [size, size], data }, view: "signed" };
  }

  /**
   * @param {Numbers} kernel
   * @param {number} size
   * @returns {Numbers} the preset of that size, or the same weights with zeros around, or cut
   */
  resized(kernel, size) {
    const name = this.nameOf(kernel);
    if (name) return arrayOf(this.rows(name, size));
    const data = new Float64Array(size * size);
    const [K_h, K_w] = kernel.shape;
    const [down, right] = [(size - K_h) >> 1, (size - K_w) >> 1];
    for (const [index, value] of kernel.data.entries()) {
      const [row, column] = [Math.floor(index / K_w) + down, (index % K_w) + right];
      if (row >= 0 && row < size && column >= 0 && column < size) data[row * size + column] = value;
    }
    return { ...kernel, shape: [size, size], data };
  }
}
