// What a reader can set in an ActivationExplorer.
import { Choice } from "../shared/choice.mjs";
import { h } from "../shared/dom.mjs";
import { foot } from "../shared/foot.mjs";
import { help } from "../shared/help.mjs";
import { fixedText } from "../shared/numbers.mjs";
import { Slider } from "../shared/slider.mjs";
import facts from "./facts.json";

const MODES = [
  ["curve", "a curve"],
  ["picture", "a picture"],
  ["chain", "many layers"],
];
const HELP = [
  {
    keys: "Drag in a drawing, or use the slider x with the arrow keys: the point follows.",
    finger: "Tap a drawing, or drag sideways on it: the point follows.",
  },
];
const two = (value) => fixedText(value, 2);

// Several of some names: native checkboxes in a row.
class Several {
  constructor({ name, options, onInput }) {
    this.inputs = new Map();
    const labels = options.map(([value, label]) => {
      const input = h("input", { type: "checkbox", value });
      input.addEventListener("input", () => onInput(value, input.checked));
      this.inputs.set(value, input);
      return h("label", {}, input, h("span", {}, label));
    });
    this.element = h("fieldset", { class: "cnn-choice" }, h("legend", {}, name), labels);
  }

  show(chosen, main) {
    for (const [value, input] of this.inputs) {
      input.checked = chosen.includes(value);
      input.parentElement.hidden = value === main;
    }
  }
}

export class BendSettings {
  /**
   * @param {object} on
   * @param {(changes: object) => void} on.change
   * @param {(name: string, wanted: boolean) => void} on.compare one function more or less
   * @param {() => void} on.reset
   */
  constructor({ change, compare, reset }) {
    const titles = Object.entries(facts.titles);
    const one = (name, options, trait) =>
      new Choice({ name, options, onInput: (value) => change({ [trait]: value }) });
    const slider = (name, min, max, step, trait, text = two) =>
      new Slider({ name, min, max, step, text, onInput: (value) => change({ [trait]: value }) });
    this.mode = one("shown", MODES, "mode");
    this.function = one("function", titles, "function");
    this.compare = new Several({ name: "compare with", options: titles, onInput: compare });
    this.initialiser = one("first weights by the rule of", Object.entries(facts.initialisers), "initialiser");
    this.sliders = {
      x: slider("x", -facts.reach, facts.reach, 0.05, "x"),
      gain: slider("gain", 0.25, 8, 0.25, "gain"),
      bias: slider("bias", -3, 3, 0.1, "bias"),
      depth: slider("layers", 1, 20, 1, "depth", String),
      slope: slider("slope of the leak", 0, 1, 0.01, "slope"), // last: where it is not needed, a gap stays
    };
    const sliders = Object.values(this.sliders).map(({ element }) => element);
    const choices = [this.mode, this.function, this.compare].map(({ element }) => element);
    this.top = h("div", { class: "cnn-bend-choices" }, choices);
    const box = h("div", { class: "cnn-sliders" }, sliders);
    this.element = h("div", { class: "cnn-settings" }, box, this.initialiser.element);
    this.help = help(HELP);
    this.foot = foot([this.help], reset);
  }

  show(model) {
    const wanted = new Set(model.get("controls"));
    const mode = model.get("mode");
    const name = model.get("function");
    this.mode.show(mode);
    this.function.show(name);
    this.compare.show(model.get("compare"), name);
    this.initialiser.show(model.get("initialiser"));
    for (const [trait, slider] of Object.entries(this.sliders)) slider.show(model.get(trait));
    const leaky = name === "leaky_relu" || (mode === "curve" && model.get("compare").includes("leaky_relu"));
    this.mode.element.hidden = !wanted.has("mode");
    this.function.element.hidden = !wanted.has("function");
    this.compare.element.hidden = !wanted.has("compare") || mode !== "curve";
    this.initialiser.element.hidden = !wanted.has("chain") || mode !== "chain";
    this.sliders.x.element.hidden = mode !== "curve";
    this.sliders.slope.element.classList.toggle("cnn-bend-away", !leaky);
    this.sliders.slope.element.hidden = !wanted.has("slope");
    this.sliders.gain.element.hidden = !wanted.has("picture") || mode !== "picture";
    this.sliders.bias.element.hidden = !wanted.has("picture") || mode !== "picture";
    this.sliders.depth.element.hidden = !wanted.has("chain") || mode !== "chain";
    this.help.hidden = mode !== "curve";
  }
}
