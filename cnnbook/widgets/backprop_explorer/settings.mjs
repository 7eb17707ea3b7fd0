// What a reader can set in a BackpropExplorer.
import { Choice } from "../shared/choice.mjs";
import { Curve, lossText } from "./curve.mjs";
import { button, h, setText } from "../shared/dom.mjs";
import { foot } from "../shared/foot.mjs";
import { help, ON_EDITS, ON_GRIDS, ON_STEPS } from "../shared/help.mjs";
import { sizeBox } from "../shared/size_box.mjs";
import { Slider } from "../shared/slider.mjs";

const STEPS = { stride: [1, 4], padding: [0, 3], dilation: [1, 3] };
const SIZES = [
  ["input height", "image", 0, 8],
  ["input width", "image", 1, 8],
  ["kernel height", "kernel", 0, 4],
  ["kernel width", "kernel", 1, 4],
];
const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const nearest = (rate) =>
  RATES.reduce((best, one, k) => (Math.abs(one - rate) < Math.abs(RATES[best] - rate) ? k : best), 0);

export class BackpropSettings {
  /**
   * @param {object} on
   * @param {(changes: object) => void} on.propose
   * @param {(trait: string, axis: number, size: number) => void} on.resize
   * @param {(aimed: boolean) => void} on.aim - whether a target gives the gradient
   * @param {(step: number) => void} on.rate
   * @param {() => void} on.descend
   * @param {() => void} on.reset
   */
  constructor({ propose, resize, aim, rate, descend, reset }) {
    this.way = new Choice({
      name: "how the input gradient is added up",
      options: ["scatter", "gather", "convolution"].map((way) => [way, way]),
      onInput: (way) => propose({ way }),
    });
    this.given = new Choice({
      name: "the output gradient is",
      options: [
        ["gradient", "what you type"],
        ["target", "output \u2212 target"],
      ],
      onInput: (given) => aim(given === "target"),
    });
    this.choices = h("div", { class: "cnn-legend-row" }, this.way.element, this.given.element);
    this.steps = Object.fromEntries(
      Object.entries(STEPS).map(([name, [min, max]]) => [
        name,
        new Slider({ name, min, max, role: name, onInput: (value) => propose({ [name]: value }) }),
      ]),
    );
    this.stepBox = h(
      "div",
      { class: "cnn-sliders" },
      Object.values(this.steps).map(({ element }) => element),
    );
    this.sizes = SIZES.map(([name, trait, axis, max]) => ({
      trait,
      axis,
      slider: new Slider({ name, min: 1, max, role: trait, onInput: (size) => resize(trait, axis, size) }),
    }));
    this.sizeBox = sizeBox(this.sizes.map(({ slider }) => slider));
    this.curve = new Curve();
    this.loss = h("span", { class: "cnn-loss" });
    this.rate = new Slider({
      name: "step size",
      min: 0,
      max: RATES.length - 1,
      role: "kernel",
      text: (place) => String(RATES[place]),
      onInput: (place) => rate(RATES[place]),
    });
    this.downhill = h(
      "div",
      { class: "cnn-downhill" },
      button("one step downhill", descend),
      this.rate.element,
      this.curve.element,
      this.loss,
    );
    this.element = h("div", { class: "cnn-settings" }, this.stepBox);
    this.foot = foot([this.sizeBox, help([...ON_GRIDS, ...ON_EDITS, ...ON_STEPS])], reset);
  }

  show(model, { image, kernel }) {
    const wanted = new Set(model.get("controls"));
    const target = model.get("target") !== null;
    this.way.show(model.get("way"));
    this.given.show(target ? "target" : "gradient");
    this.way.element.hidden = !wanted.has("way");
    this.given.element.hidden = !wanted.has("given");
    this.choices.hidden = !wanted.has("way") && !wanted.has("given");
    for (const [name, slider] of Object.entries(this.steps)) slider.show(model.get(name));
    const shapes = { image: image.shape, kernel: kernel.shape };
    for (const { slider, trait, axis } of this.sizes) slider.show(shapes[trait][axis]);
    this.element.hidden = !wanted.has("settings");
    this.sizeBox.hidden = !wanted.has("sizes");
    this.downhill.hidden = !wanted.has("downhill") || !target;
    this.rate.show(nearest(model.get("step_size")));
  }

  showLosses(losses) {
    this.curve.show(losses);
    setText(this.loss, `loss ${lossText(losses.at(-1))}`);
  }
}
