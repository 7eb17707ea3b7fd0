// The settings of one layer, or of the input, as labelled fields; a row of the table of its own.
import { button, h, newId } from "../shared/dom.mjs";
import { KINDS, NAMES, SIDES } from "./words.mjs";

class Field {
  constructor(name, [, , min, max], on) {
    const id = newId();
    this.bias = name === "bias";
    const kind = this.bias ? { type: "checkbox" } : { type: "number", min, max, inputmode: "numeric" };
    this.input = h("input", { id, ...kind });
    this.element = h(
      "div",
      { class: "cnn-field" },
      h("label", { for: id }, name.replace("_", " ")),
      this.input,
    );
    this.input.addEventListener("input", () => {
      const value = this.value();
      const good = Number.isInteger(value) && value >= min && value <= max;
      this.input.setAttribute("aria-invalid", !good);
      if (good) on.change(name, value);
      else on.refuse(`${name.replace("_", " ")} must be a whole number from ${min} to ${max}.`);
    });
    this.input.addEventListener("blur", () => on.leave());
  }

  value() {
    return this.bias ? Number(this.input.checked) : this.input.valueAsNumber;
  }

  show(value) {
    this.input.setAttribute("aria-invalid", false);
    if (this.value() === value) return;
    if (this.bias) this.input.checked = Boolean(value);
    else this.input.value = value;
  }
}

export class LayerEditor {
  /**
   * @param {object} on
   * @param {(name: string, value: number) => void} on.change
   * @param {(kind: string) => void} on.kind
   * @param {(text: string) => void} on.refuse
   * @param {() => void} on.leave
   * @param {() => void} on.close
   * @param {(step: number) => void} on.move
   * @param {() => void} on.remove
   */
  constructor(on) {
    this.on = on;
    const id = newId();
    this.kind = h(
      "select",
      { id },
      Object.entries(NAMES).map(([kind, name]) => h("option", { value: kind }, name)),
    );
    this.kind.addEventListener("input", () => on.kind(this.kind.value));
    this.choice = h("div", { class: "cnn-field" }, h("label", { for: id }, "layer"), this.kind);
    this.fields = h("div", { class: "cnn-fields" }, this.choice);
    this.up = button("move up", () => on.move(-1));
    this.down = button("move down", () => on.move(1));
    this.buttons = h(
      "div",
      { class: "cnn-fields cnn-moves" },
      this.up,
      this.down,
      button("remove", () => on.remove()),
    );
    this.cell = h(
      "td",
      { role: "cell", colspan: 7 },
      h("div", { role: "group", class: "cnn-editor" }, this.fields, this.buttons),
    );
    this.element = h("tr", { role: "row", class: "cnn-editing" }, this.cell);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      on.close();
    });
  }

  // layer: its settings, with `kind`; the input is of no kind.
  show(layer, title, place, count) {
    const { kind = "input" } = layer;
    if (kind !== this.shown) {
      this.shown = kind;
      const settings =
        KINDS[kind] ??
        Object.fromEntries(Object.entries(SIDES).map(([name, most]) => [name, ["", null, 1, most]]));
      this.inputs = Object.entries(settings).map(([name, limits]) => [
        name,
        new Field(name, limits, this.on),
      ]);
      // The choice itself stays: it may have the focus.
      while (this.choice.nextSibling) this.choice.nextSibling.remove();
      this.fields.append(...this.inputs.map(([, { element }]) => element));
      this.choice.hidden = this.buttons.hidden = !KINDS[kind];
    }
    this.cell.firstChild.setAttribute("aria-label", `settings of ${title}`);
    this.kind.value = kind;
    for (const [name, field] of this.inputs) field.show(layer[name]);
    // Not `disabled`: a button that was just pressed would lose the focus.
    this.up.setAttribute("aria-disabled", place === 1);
    this.down.setAttribute("aria-disabled", place === count);
  }

  // What was typed and not understood gives way to what is.
  restore(layer) {
    for (const [name, field] of this.inputs) field.show(layer[name]);
  }
}
