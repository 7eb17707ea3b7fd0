// The windows that are drawn: all that stride 1 would give, where there is room; a larger stride drops some.
import { geometry, refusal, unfold } from "./columns.mjs";

/**
 * @typedef {import("./columns.mjs").Geometry} Geometry
 * @typedef {{ g: Geometry, lines: Int32Array, places: Int32Array, pixels: Int32Array }} Drawn
 */

// `g` and what follows from it are those of the drawn windows; `lines` has for each of them its number among
// the windows that stay, or -1.
/**
 * @param {Geometry} g the setting as it is
 * @returns {Drawn}
 */
export function drawnWindows(g) {
  const shapes = [{ shape: [g.N, g.C, g.H, g.W] }, { shape: [g.F, g.C, g.K_h, g.K_w] }];
  const all = geometry(shapes[0], shapes[1], { ...g, stride: 1 });
  const drawn = refusal(all) ? g : all;
  const step = drawn === g ? 1 : g.stride;
  const lines = Int32Array.from({ length: drawn.L }, (_, l) => {
    const [row, column] = [Math.floor(l / drawn.W_out) / step, (l % drawn.W_out) / step];
    return Number.isInteger(row) && Number.isInteger(column) ? row * g.W_out + column : -1;
  });
  return { g: drawn, lines, ...unfold(drawn) };
}

// The entries of `Q` rows of drawn windows, as entries of the setting; a dropped one is -1 - its own.
/**
 * @param {Drawn} drawn
 * @param {number} L
 * @param {number[]} entries
 * @returns {number[]}
 */
export const stays = ({ g, lines }, L, entries) =>
  entries.map((entry) => {
    const line = lines[entry % g.L];
    return line < 0 ? -1 - entry : Math.floor(entry / g.L) * L + line;
  });

// What stands above a matrix of this shape, whose windows are lines along one axis: its size without the
// dropped ones, and how many they are.
/**
 * @param {Drawn} drawn
 * @param {number} L
 * @param {number[]} shape
 * @param {number} axis
 * @returns {string}
 */
export function sizeText({ g }, L, shape, axis) {
  const left = shape.map((n, k) => (k === axis ? (n / g.L) * L : n));
  const gone = shape[axis] - left[axis];
  return `${left[0]} \u00d7 ${left[1]}${gone ? `, ${gone} dropped` : ""}`;
}
