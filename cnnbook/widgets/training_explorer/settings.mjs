// The settings of a training, as sliders, choices and a switch.
import { h } from "../shared/dom.mjs";
import { Choice } from "../shared/choice.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import facts from "./facts.json";
import { ListSlider } from "./list_slider.mjs";

// Each setting by its trait: the group of controls that it belongs to.
const GROUPS = {
  learning_rate: "rate",
  batch_size: "batch",
  optimiser: "optimiser",
  filters: "network",
  activation: "network",
  pooling: "network",
  seed: "seed",
};
const SEEDS = 9;

export class Settings {
  /**
   * @param {(trait: string, value: any) => void} change - while the training goes on
   * @param {(trait: string, value: any) => void} anew - the training begins anew with it
   */
  constructor(change, anew) {
    const by = (does, trait) => (value) => does(trait, value);
    const choice = (does, trait, name, options) =>
      new Choice({ name, options: options.map((one) => [one, one]), onInput: by(does, trait) });
    const list = (does, trait, name, numbers) =>
      new ListSlider({ name, list: numbers, onInput: by(does, trait) });
    this.controls = {
      optimiser: choice(change, "optimiser", "optimiser", facts.optimisers),
      activation: choice(anew, "activation", "activation", facts.activations),
      pooling: new Switch({ name: "max pooling", onInput: by(anew, "pooling") }),
      learning_rate: list(change, "learning_rate", "learning rate", facts.rates),
      batch_size: list(change, "batch_size", "batch size", facts.batches),
      filters: list(anew, "filters", "filters", facts.filters),
      seed: new Slider({ name: "seed", min: 0, max: SEEDS, onInput: by(anew, "seed") }),
    };
    const elements = (...traits) => traits.map((trait) => this.controls[trait].element);
    this.element = h(
      "div",
      { class: "cnn-settings" },
      h("div", { class: "cnn-legend-row" }, elements("optimiser", "activation", "pooling")),
      h("div", { class: "cnn-sliders" }, elements("learning_rate", "batch_size", "filters", "seed")),
    );
  }

  /** @param {{ get: (name: string) => any }} model */
  show(model) {
    const wanted = model.get("controls");
    for (const [trait, control] of Object.entries(this.controls)) {
      control.element.hidden = !wanted.includes(GROUPS[trait]);
      control.show(model.get(trait));
    }
  }
}
