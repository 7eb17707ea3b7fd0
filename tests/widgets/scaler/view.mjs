// Scaler: an array times a number. The smallest whole widget, to be copied: see docs/widgets.md.
import { largest, withValue } from "../shared/arrays.mjs";
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_EDITS, ON_GRIDS } from "../shared/help.mjs";
import { Slider } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";

export const scaled = (data, factor) => data.map((value) => value * factor);

class Scaler extends Explorer {
  constructor(context) {
    super(context, ["values", "factor"]);
    const edit = (index, value) => this.take({ values: withValue(this.array("values"), index, value) });
    this.input = new NumberGrid({ name: "input", role: "input", editable: true, on: this.reactions("input", edit) });
    this.output = new NumberGrid({ name: "output", role: "output", on: this.reactions("output") });
    this.slider = new Slider({ name: "factor", min: 0, max: 9, onInput: (factor) => this.take({ factor }) });
    const stage = h("div", { class: "cnn-stage" }, this.input.element, this.output.element);
    const last = foot([help([...ON_GRIDS, ...ON_EDITS])], () => this.reset());
    context.el.append(stage, this.words.element, this.slider.element, last);
  }

  // Everything that follows from the state.
  update() {
    const { shape, data } = this.array("values");
    this.products = scaled(data, this.model.get("factor"));
    for (const [grid, numbers] of [[this.input, data], [this.output, this.products]]) {
      grid.layOut(shape);
      grid.write(numbers, largest(numbers));
    }
    this.slider.show(this.model.get("factor"));
    this.draw();
  }

  // What the reader looks at: the same place in both grids.
  draw() {
    const { at, pinned } = this.look;
    for (const grid of [this.input, this.output]) {
      grid.mark((_row, _column, index) => (index === at?.index ? "lit" : ""), this.look.pinnedIn(grid.name));
    }
    const factor = this.model.get("factor");
    const one = at && `${this.array("values").data[at.index]} times ${factor} is ${this.products[at.index]}.`;
    this.say(one ?? `Every number times ${factor}.`, { pinned, looking: at });
  }
}

export default defineWidget("Scaler", Scaler);
