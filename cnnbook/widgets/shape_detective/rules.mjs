// What a layer does to a shape and what it costs; where it is impossible, why, and what mends it.
import facts from "./layers.json";
import { commas } from "./words.mjs";

/** @typedef {Record<string, any>} Layer a layer's kind and settings, or what comes out of it */

const times = (shape) => shape.join("\u00d7");
const product = (shape) => shape.reduce((all, n) => all * n, 1);
const whole = ({ field, sides, jump }) => field.map((r, axis) => r + (sides[axis] - 1) * jump);

const gcd = (a, b) => (b ? gcd(b, a % b) : a);
function largestDivisor(n, below) {
  let g = below - 1;
  while (n % g) g -= 1;
  return g;
}

function tooSmall({ kind, kernel_size: k, padding: p, dilation: d = 1 }, sides, span) {
  const padded = p ? `, ${times(sides.map((n) => n + 2 * p))} with its padding` : "";
  const spans = d > 1 ? `, which spans ${span}\u00d7${span} with dilation ${d},` : "";
  const needed = Math.ceil((span - Math.min(...sides)) / 2);
  const fitting = Math.floor((Math.min(...sides) + 2 * p - 1) / d) + 1;
  const pooling = kind !== "conv";
  const mends = needed <= (pooling ? Math.floor(k / 2) : 15) ? [`padding ${needed}`] : [];
  if (fitting > 1) mends.push(`a ${fitting}\u00d7${fitting} ${pooling ? "window" : "kernel"}`);
  const mend = mends.length ? `use ${mends.join(" or ")}` : "shrink the picture less before it";
  return `The ${k}\u00d7${k} window${spans} does not fit on ${times(sides)}${padded}: ${mend}.`;
}

function slide(layer, signal) {
  const [C, ...sides] = signal.shape;
  const {
    kind,
    kernel_size: k,
    stride: s,
    padding: p,
    dilation: d = 1,
    groups = 1,
    channels: out = C,
  } = layer;
  if (kind !== "conv" && 2 * p > k)
    return {
      problem: `Padding ${p} is more than half of the ${k}\u00d7${k} window: use padding ${Math.floor(k / 2)} or a larger window.`,
    };
  if (C % groups || out % groups) {
    const most = largestDivisor(gcd(C, out), groups);
    return {
      problem: `${groups} groups must divide both its ${C} channels in and its ${out} out: use ${most} ${most === 1 ? "group" : "groups"}.`,
    };
  }
  const span = d * (k - 1) + 1;
  if (span > Math.min(...sides) + 2 * p) return { problem: tooSmall(layer, sides, span) };
  const spare = sides.map((n) => n + 2 * p - span);
  const [H, W] = spare.map((n) => Math.floor(n / s) + 1);
  if (out * H * W > facts.most_numbers)
    return { problem: "Its output would take more than 1 GiB: use a larger stride or fewer channels." };
  const weights = kind === "conv" ? out * (C / groups) * k * k : 0;
  return {
    shape: [out, H, W],
    sides: [H, W],
    field: signal.field.map((r) => r + (span - 1) * signal.jump),
    jump: signal.jump * s,
    parameters: weights && weights + layer.bias * out,
    multiply_adds: weights * H * W,
    dropped: spare.map((n) => n % s),
  };
}

// What comes out of a layer, and what it costs; or { problem }.
function step(layer, signal) {
  const { shape } = signal;
  const free = { ...signal, parameters: 0, multiply_adds: 0, dropped: [0, 0] };
  switch (layer.kind) {
    case "conv":
    case "maxpool":
    case "avgpool":
    case "globalavgpool":
      if (shape.length === 1) {
        return {
          problem: `It needs channels of height and width, but gets a row of ${commas(shape[0])} numbers: move it up, before they are put in a row.`,
        };
      }
      return layer.kind === "globalavgpool"
        ? { ...free, shape: [shape[0]], sides: [1, 1], field: whole(signal) }
        : slide(layer, signal);
    case "linear": {
      if (shape.length > 1)
        return { problem: `It needs a row of numbers, but gets ${times(shape)}: put a flatten before it.` };
      const multiply_adds = shape[0] * layer.features;
      return {
        ...free,
        shape: [layer.features],
        sides: [1, 1],
        field: whole(signal),
        multiply_adds,
        parameters: multiply_adds + layer.bias * layer.features,
      };
    }
    case "flatten":
      return { ...free, shape: [product(shape)] };
    default:
      return free;
  }
}

// One record for each layer: { shape, parameters, multiply_adds, memory, field, jump, dropped }, { problem },
// or {} for those that wait for one above.
/**
 * @param {Layer[]} layers
 * @param {number[]} input_shape
 * @returns {Layer[]}
 */
export function follow(layers, input_shape) {
  let signal = { shape: input_shape, sides: input_shape.slice(1), field: [1, 1], jump: 1 };
  return layers.map((layer) => {
    if (!signal) return {};
    const record = step(layer, signal);
    if (record.problem) signal = null;
    else signal = { ...record, memory: 4 * product(record.shape) };
    return signal ?? record;
  });
}
