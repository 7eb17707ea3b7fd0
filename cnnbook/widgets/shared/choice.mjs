// One of several: native radio buttons in a row, with a name. Arrow keys choose.
import { h, newId } from "./dom.mjs";

export class Choice {
  /**
   * @param {object} choice
   * @param {string} choice.name
   * @param {[any, string][]} choice.options - value, label
   * @param {(value: any) => void} choice.onInput - also when the chosen one is clicked again
   */
  constructor({ name, options, onInput }) {
    const group = newId();
    this.inputs = new Map();
    const labels = options.map(([value, label]) => {
      const input = h("input", { type: "radio", name: group, value });
      input.addEventListener("click", () => onInput(value));
      this.inputs.set(value, input);
      return h("label", {}, input, h("span", {}, label));
    });
    this.element = h("fieldset", { class: "cnn-choice" }, h("legend", {}, name), labels);
  }

  // A value that is none of the options shows none as chosen.
  show(value) {
    for (const [option, input] of this.inputs) input.checked = option === value;
  }
}
