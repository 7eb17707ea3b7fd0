// A slider row: a native range input with its name and its value.
import { h, newId, setText } from "./dom.mjs";

export class Slider {
  /**
   * @param {object} slider
   * @param {string} slider.name
   * @param {number} slider.min
   * @param {number} slider.max
   * @param {number} [slider.step]
   * @param {string} [slider.role] - the colour
   * @param {(value: number) => void} slider.onInput
   * @param {(value: number) => string} [slider.text]
   */
  constructor({ name, min, max, step = 1, role = "", onInput, text = String }) {
    const id = newId();
    this.text = text;
    this.input = h("input", { type: "range", id, min, max, step });
    this.shown = h("output", { for: id });
    this.element = h(
      "div",
      { class: `cnn-slider ${role}` },
      h("label", { for: id }, name),
      this.input,
      this.shown,
    );
    this.input.addEventListener("input", () => onInput(this.input.valueAsNumber));
  }

  show(value, max) {
    if (max !== undefined && this.input.max !== String(max)) this.input.max = max;
    if (this.input.valueAsNumber !== value) this.input.value = value;
    const text = this.text(value);
    setText(this.shown, text);
    if (text !== String(value)) this.input.setAttribute("aria-valuetext", text);
  }
}

// A switch: a native checkbox with its name.
export class Switch {
  /** @param {{ name: string, onInput: (on: boolean) => void }} owner */
  constructor({ name, onInput }) {
    const id = newId();
    this.input = h("input", { type: "checkbox", role: "switch", id });
    this.element = h("div", { class: "cnn-switch" }, this.input, h("label", { for: id }, name));
    this.input.addEventListener("input", () => onInput(this.input.checked));
  }

  show(value) {
    this.input.checked = value;
  }
}
