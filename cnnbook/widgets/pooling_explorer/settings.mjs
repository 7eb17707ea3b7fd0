// What a reader can set in a PoolingExplorer.
import { Choice } from "../shared/choice.mjs";
import { h } from "../shared/dom.mjs";
import { foot } from "../shared/foot.mjs";
import { help, ON_EDITS, ON_GRIDS, ON_STEPS } from "../shared/help.mjs";
import { sizeBox } from "../shared/size_box.mjs";
import { Slider, Switch } from "../shared/slider.mjs";

const MODES = [
  ["forward", "forward"],
  ["backward", "backward"],
  ["photograph", "a photograph"],
];
const KINDS = [
  ["max", "maximum"],
  ["average", "average"],
];
const LARGEST = 8;
const STEPS = { "kernel size": ["kernel_size", 1, 4], stride: ["stride", 1, 4], padding: ["padding", 0, 2] };
const ROLES = { "kernel size": "kernel", padding: "padding" };

export class PoolingSettings {
  /**
   * @param {object} on
   * @param {(changes: object) => void} on.propose
   * @param {(axis: number, size: number) => void} on.resize
   * @param {() => void} on.reset
   */
  constructor({ propose, resize, reset }) {
    const change = (name) => (value) => propose({ [name]: value });
    this.mode = new Choice({ name: "shown", options: MODES, onInput: change("mode") });
    this.pooling = new Choice({ name: "of each window, the", options: KINDS, onInput: change("pooling") });
    this.choices = h("div", { class: "cnn-legend-row" }, this.mode.element, this.pooling.element);
    this.steps = Object.entries(STEPS).map(([name, [trait, min, max]]) => ({
      trait,
      slider: new Slider({ name, min, max, role: ROLES[name] ?? "", onInput: change(trait) }),
    }));
    this.shift = new Slider({
      name: "shift",
      min: 0,
      max: 8,
      text: (value) => `${value} px`,
      onInput: change("shift"),
    });
    this.count = new Switch({
      name: "the padding counts in an average",
      onInput: change("count_include_pad"),
    });
    this.sizes = ["input height", "input width"].map(
      (name, axis) =>
        new Slider({ name, min: 1, max: LARGEST, role: "input", onInput: (size) => resize(axis, size) }),
    );
    this.stepBox = h(
      "div",
      { class: "cnn-sliders" },
      this.steps.map(({ slider }) => slider.element),
    );
    this.sizeBox = sizeBox(this.sizes);
    this.element = h("div", { class: "cnn-settings" }, this.stepBox, this.count.element);
    this.help = help([...ON_GRIDS, ...ON_EDITS, ...ON_STEPS]);
    this.foot = foot([this.sizeBox, this.help], reset);
  }

  show(model, [H, W]) {
    const wanted = new Set(model.get("controls"));
    const [mode, pooling] = [model.get("mode"), model.get("pooling")];
    const photograph = mode === "photograph";
    this.mode.show(mode);
    this.pooling.show(pooling);
    for (const { trait, slider } of this.steps) slider.show(model.get(trait));
    this.shift.show(model.get("shift"));
    this.count.show(model.get("count_include_pad"));
    for (const [axis, slider] of this.sizes.entries()) slider.show([H, W][axis]);
    this.mode.element.hidden = !wanted.has("mode");
    this.pooling.element.hidden = !wanted.has("pooling");
    this.choices.hidden = !wanted.has("mode") && !wanted.has("pooling");
    this.shift.element.hidden = !photograph;
    this.stepBox.hidden = !wanted.has("settings");
    this.count.element.hidden = !wanted.has("count_include_pad") || pooling !== "average";
    this.sizeBox.hidden = !wanted.has("sizes") || photograph;
    this.help.hidden = photograph;
  }
}
