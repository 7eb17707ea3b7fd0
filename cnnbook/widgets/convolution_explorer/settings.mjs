// ConvolutionExplorer's controls: they show the state, and ask for changes.
import { Choice } from "../shared/choice.mjs";
import { h } from "../shared/dom.mjs";
import { foot } from "../shared/foot.mjs";
import { help, ON_EDITS, ON_GRIDS, ON_STEPS } from "../shared/help.mjs";
import { sizeBox } from "../shared/size_box.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import facts from "./facts.json";

const { steps: SLIDERS, largest } = facts;
const SIZES = [
  ["input height", "image", 0, largest.image],
  ["input width", "image", 1, largest.image],
  ["kernel height", "kernel", 0, largest.kernel],
  ["kernel width", "kernel", 1, largest.kernel],
];

/**
 * @param {string[]} controls
 * @returns {boolean} whether a reader with these controls can change a size
 */
export const changesSizes = (controls) => controls.some((name) => name in SLIDERS || name === "sizes");

export class Settings {
  /**
   * @param {object} on
   * @param {(changes: object) => void} on.propose
   * @param {(trait: string, axis: number, size: number) => void} on.resize
   * @param {() => void} on.reset
   */
  constructor({ propose, resize, reset }) {
    const sliders = Object.entries(SLIDERS).map(([name, [min, max]]) => [
      name,
      new Slider({ name, min, max, role: name, onInput: (value) => propose({ [name]: value }) }),
    ]);
    const mode = new Choice({
      name: "padding mode",
      options: Object.keys(facts.modes).map((name) => [name, name]),
      onInput: (padding_mode) => propose({ padding_mode }),
    });
    const coverage = new Switch({
      name: "coverage",
      onInput: (on) => propose({ view: on ? "coverage" : "output" }),
    });
    const flip = new Switch({
      name: "true convolution (flip the kernel)",
      onInput: (on) => propose({ flip: on }),
    });
    this.sizes = SIZES.map(([name, trait, axis, max]) => ({
      trait,
      axis,
      slider: new Slider({ name, min: 1, max, role: trait, onInput: (size) => resize(trait, axis, size) }),
    }));
    const sizes = sizeBox(this.sizes.map(({ slider }) => slider));
    this.controls = {
      ...Object.fromEntries(sliders),
      padding_mode: mode,
      coverage,
      flip,
      sizes: { element: sizes, show() {} },
    };
    this.element = h(
      "div",
      { class: "cnn-settings" },
      h(
        "div",
        { class: "cnn-sliders" },
        sliders.map(([, slider]) => slider.element),
      ),
      mode.element,
      h("div", { class: "cnn-row" }, coverage.element, flip.element),
    );
    this.foot = foot([sizes, help([...ON_GRIDS, ...ON_EDITS, ...ON_STEPS])], reset);
  }

  // values: one for each control by its name; shapes: of the image and the kernel
  show(wanted, values, shapes) {
    for (const [name, control] of Object.entries(this.controls)) {
      control.element.hidden = !wanted.includes(name);
      control.show(values[name]);
    }
    for (const { slider, trait, axis } of this.sizes) slider.show(shapes[trait][axis]);
  }
}
