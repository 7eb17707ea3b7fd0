// The numbers of a layer on a picture with channels: which slices a filter has, and the feature map that it
// makes.
import { decode, isInteger, largest } from "../shared/arrays.mjs";
import { filter } from "../shared/filter.mjs";
import { pictureOf } from "../shared/pictures.mjs";

export const channelNames = (count) =>
  count === 3 ? ["red", "green", "blue"] : Array.from({ length: count }, (_, c) => `channel ${c}`);

// The picture of a model's image: { shape, planes, white }, one plane a channel.
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

// What is shown of a picture: its colours, or the mean of its channels.
export function shownOf(picture) {
  const { planes } = picture;
  if (planes.length === 1 || planes.length === 3) return picture;
  const mean = planes[0].map((_, i) => planes.reduce((sum, plane) => sum + plane[i], 0) / planes.length);
  return { ...picture, planes: [mean] };
}

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

// The slices of filter k: { seen, first, slices }, the first of them on channel `first`.
export function slicesOf(weight, C_in, k) {
  const [C_out, seen, K_h, K_w] = weight.shape;
  const first = Math.floor((k * Math.floor(C_in / seen)) / C_out) * seen;
  const area = K_h * K_w;
  const slices = Array.from({ length: seen }, (_, s) =>
    weight.data.subarray((k * seen + s) * area, (k * seen + s + 1) * area),
  );
  return { seen, first, slices };
}

// The feature map of filter k: { shape, plane }; `picture` is padded already.
export function featureMap(picture, weight, bias, k) {
  const { first, slices } = slicesOf(weight, picture.planes.length, k);
  let sum = null;
  slices.forEach((slice, s) => {
    const part = filter(
      { shape: picture.shape, planes: [picture.planes[first + s]] },
      slice,
      weight.shape.slice(2),
    );
    const [plane] = part.planes;
    if (sum) for (let i = 0; i < plane.length; i += 1) sum.plane[i] += plane[i];
    else sum = { shape: part.shape, plane };
  });
  for (let i = 0; i < sum.plane.length; i += 1) sum.plane[i] += bias;
  return sum;
}

// The filters for another number of groups: a slice keeps its channel; one that was not there comes from
// `lost(k, channel)`.
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
