// What a reader can set in an Im2colExplorer: the order, the direction, the sizes.
import { Choice } from "../shared/choice.mjs";
import { h } from "../shared/dom.mjs";
import { foot } from "../shared/foot.mjs";
import { help, ON_EDITS, ON_GRIDS, ON_STEPS } from "../shared/help.mjs";
import { sizeBox } from "../shared/size_box.mjs";
import { Slider } from "../shared/slider.mjs";
import facts from "./facts.json";

const CHOICES = {
  direction: [
    "direction",
    [
      ["im2col", "take columns out"],
      ["col2im", "add columns back"],
    ],
  ],
  arrangement: ["arrangement of the columns", facts.arrangements.map((kind) => [kind, kind])],
  point: [
    "pointing at the input shows",
    [
      ["window", "a window"],
      ["pixel", "a pixel\u2019s copies"],
    ],
  ],
};
const { largest } = facts;
// The axes that a slider cuts or extends.
const SIZES = [
  ["input height", largest.height, { x: 2 }],
  ["input width", largest.width, { x: 3 }],
  ["kernel height", largest["kernel height"], { weight: 2 }],
  ["kernel width", largest["kernel width"], { weight: 3 }],
  ["pictures", largest.pictures, { x: 0 }],
  ["channels", largest.channels, { x: 1, weight: 1 }],
  ["filters", largest.filters, { weight: 0 }],
];

/**
 * @param {object} array
 * @param {number} axis
 * @param {number} size
 * @param {(index: number) => number} fill - what is new
 * @param {boolean} counts - a picture that counts its pixels goes on counting
 * @returns {object} the array with another length of one axis: what was there stays
 */
export function reshaped(array, axis, size, fill, counts) {
  const shape = array.shape.map((n, k) => (k === axis ? size : n));
  const data = new Float64Array(shape.reduce((product, n) => product * n));
  const counting = counts && array.data.every((value, k) => value === k);
  for (let index = 0; index < data.length; index += 1) {
    let [rest, source, step, inside] = [index, 0, 1, true];
    for (let k = 3; k >= 0; k -= 1) {
      const place = rest % shape[k];
      rest = Math.floor(rest / shape[k]);
      inside &&= place < array.shape[k];
      source += place * step;
      step *= array.shape[k];
    }
    data[index] = inside && !counting ? array.data[source] : fill(index);
  }
  return { ...array, dtype: array.dtype === "uint8" ? "int64" : array.dtype, shape, data };
}

export class Im2colSettings {
  /** @param {{ propose: (changes: object) => void, reset: () => void }} on */
  constructor({ propose, reset }) {
    const change = (name) => (value) => propose({ [name]: value });
    this.chosen = Object.fromEntries(
      Object.entries(CHOICES).map(([trait, [name, options]]) => [
        trait,
        new Choice({ name, options, onInput: change(trait) }),
      ]),
    );
    this.choices = h(
      "div",
      { class: "cnn-legend-row" },
      Object.values(this.chosen).map(({ element }) => element),
    );
    this.steps = Object.fromEntries(
      Object.entries(facts.steps).map(([name, [min, max]]) => [
        name,
        new Slider({ name, min, max, role: name, onInput: change(name) }),
      ]),
    );
    this.sizes = SIZES.map(([name, max, axes]) => ({
      axes,
      slider: new Slider({
        name,
        min: 1,
        max,
        role: axes.weight === undefined ? "input" : "kernel",
        onInput: (size) => propose(this.resize(axes, size)),
      }),
    }));
    this.stepBox = h(
      "div",
      { class: "cnn-sliders" },
      Object.values(this.steps).map(({ element }) => element),
    );
    this.sizeBox = sizeBox(this.sizes.map(({ slider }) => slider));
    this.element = h("div", { class: "cnn-settings" }, this.stepBox);
    this.foot = foot([this.sizeBox, help([...ON_GRIDS, ...ON_EDITS, ...ON_STEPS])], reset);
  }

  resize(axes, size) {
    return Object.fromEntries(
      Object.entries(axes).map(([trait, axis]) => [
        trait,
        trait === "x"
          ? reshaped(this.x, axis, size, (index) => index, true)
          : reshaped(this.weight, axis, size, (index) => (index % 5) - 1),
      ]),
    );
  }

  show(model, x, weight) {
    Object.assign(this, { x, weight });
    const wanted = new Set(model.get("controls"));
    for (const [trait, choice] of Object.entries(this.chosen)) {
      choice.element.hidden = !wanted.has(trait);
      choice.show(model.get(trait));
    }
    for (const [name, slider] of Object.entries(this.steps)) slider.show(model.get(name));
    for (const { axes, slider } of this.sizes) {
      const [[trait, axis]] = Object.entries(axes);
      slider.show(this[trait].shape[axis]);
    }
    this.choices.hidden = !Object.keys(CHOICES).some((name) => wanted.has(name));
    this.element.hidden = !wanted.has("settings");
    this.sizeBox.hidden = !wanted.has("sizes");
  }
}
