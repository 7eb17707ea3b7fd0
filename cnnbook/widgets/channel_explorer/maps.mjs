// The numbers of a layer on a picture with channels: which slices a filter has, and the feature map that it
// makes.
import { decode, isInteger, largest } from "../shared/arrays.mjs";
import { addFiltered } from "../shared/filter.mjs";
import { pictureOf } from "../shared/pictures.mjs";

/**
 * @typedef {import("../shared/pictures.mjs").Picture} Picture
 * @typedef {{ shape: number[], data: Float64Array }} Weight
 */

/**
 * @param {number} count
 * @returns {string[]}
 */
export const channelNames = (count) =>
  count === 3 ? ["red", "green", "blue"] : Array.from({ length: count }, (_, c) => `channel ${c}`);

/**
 * @param {any} image - as it stands in the model
 * @param {Record<string, any>} [packed] - the bundled pictures that came with it
 * @returns {Promise<Picture>} one plane a channel
 */
export function channelsOf(image, packed) {
  if (image.name) return pictureOf(image, packed);
  const {
    dtype,
    shape: [C, H, W],
    data,
  } = decode(image);
  const whole = isInteger({ dtype });
  const most = largest(data);
  const white = dtype === "uint8" ? 255 : (most > 1 || whole ? most : 1) || 1;
  const planes = Array.from({ length: C }, (_, c) => data.slice(c * H * W, (c + 1) * H * W));
  return Promise.resolve({ shape: [H, W], planes, white });
}

/**
 * @param {Picture} picture
 * @returns {Picture} its colours, or the mean of its channels
 */
export function shownOf(picture) {
  const { planes } = picture;
  if (planes.length === 1 || planes.length === 3) return picture;
  const mean = planes[0].map((_, i) => planes.reduce((sum, plane) => sum + plane[i], 0) / planes.length);
  return { ...picture, planes: [mean] };
}

/**
 * @param {{ shape: number[], planes: Float64Array[] }} picture
 * @param {number} padding
 * @returns {{ shape: number[], planes: Float64Array[] }}
 */
export function padded({ shape: [H, W], planes }, padding) {
  if (!padding) return { shape: [H, W], planes };
  const [wide, high] = [W + 2 * padding, H + 2 * padding];
  const grown = planes.map((plane) => {
    const result = new Float64Array(high * wide);
    for (let i = 0; i < H; i += 1)
      result.set(plane.subarray(i * W, (i + 1) * W), (i + padding) * wide + padding);
    return result;
  });
  return { shape: [high, wide], planes: grown };
}

/**
 * @param {Weight} weight
 * @param {number} C_in
 * @param {number} k
 * @returns {{ seen: number, first: number, slices: Float64Array[] }} the slices of filter k, the first of
 * them on channel `first`
 */
export function slicesOf(weight, C_in, k) {
  const [C_out, seen, K_h, K_w] = weight.shape;
  const first = Math.floor((k * Math.floor(C_in / seen)) / C_out) * seen;
  const area = K_h * K_w;
  const slices = Array.from({ length: seen }, (_, s) =>
    weight.data.subarray((k * seen + s) * area, (k * seen + s + 1) * area),
  );
  return { seen, first, slices };
}

/**
 * @param {{ shape: number[], planes: Float64Array[] }} picture - padded already
 * @param {Weight} weight
 * @param {number} bias
 * @param {number} k
 * @returns {{ shape: number[], plane: Float64Array }} what filter k makes of it
 */
export function featureMap({ shape: [H, W], planes }, weight, bias, k) {
  const { first, slices } = slicesOf(weight, planes.length, k);
  const [K_h, K_w] = weight.shape.slice(2);
  const shape = [H - K_h + 1, W - K_w + 1];
  const plane = new Float64Array(shape[0] * shape[1]);
  slices.forEach((slice, s) => addFiltered(plane, planes[first + s], [H, W], slice, [K_h, K_w]));
  for (let i = 0; i < plane.length; i += 1) plane[i] += bias;
  return { shape, plane };
}

/**
 * @param {Weight} weight
 * @param {number} C_in
 * @param {number} groups
 * @param {(k: number, channel: number) => ArrayLike<number> | undefined} lost - a slice that was not there
 * @returns {Weight} the filters for another number of groups: a slice keeps its channel
 */
export function regrouped(weight, C_in, groups, lost) {
  const [C_out, , K_h, K_w] = weight.shape;
  const shape = [C_out, C_in / groups, K_h, K_w];
  const area = K_h * K_w;
  const data = new Float64Array(C_out * shape[1] * area);
  const next = { ...weight, shape, data };
  for (let k = 0; k < C_out; k += 1) {
    const old = slicesOf(weight, C_in, k);
    const { first, slices } = slicesOf(next, C_in, k);
    slices.forEach((slice, s) =>
      slice.set(old.slices[first + s - old.first] ?? lost(k, first + s) ?? new Float64Array(area)),
    );
  }
  return next;
}
