// DropoutExplorer: masks drawn one after the other, the mean over them, and the gradient through one.
import { largest, withValue } from "../shared/arrays.mjs";
import { button, h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_EDITS, ON_GRIDS } from "../shared/help.mjs";
import { plural, proseText } from "../shared/numbers.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { factors, meanFactors } from "./masks.mjs";

const MEAN = "mean of all draws";
const GRIDS = { input: "input", output: "output", [MEAN]: "output", "input gradient": "gradient" };
const LAST = 999;

class DropoutExplorer extends Explorer {
  constructor(context) {
    super(context, ["values", "tenths", "draw", "training"]);
    const edit = (index, value) => this.take({ values: withValue(this.array("values"), index, value) });
    this.grids = {};
    for (const [name, role] of Object.entries(GRIDS)) {
      const on = this.reactions(name, edit);
      this.grids[name] = new NumberGrid({ name, role, editable: name === "input", on });
    }
    const change = (trait) => (value) => this.take({ [trait]: value });
    const tenths = (value) => `0.${value}`;
    this.p = new Slider({ name: "p", min: 0, max: 9, text: tenths, onInput: change("tenths") });
    this.draws = new Slider({ name: "draw", min: 1, max: LAST, onInput: change("draw") });
    this.training = new Switch({ name: "training", onInput: change("training") });
    const more = button("draw again", () => this.take({ draw: (this.model.get("draw") % LAST) + 1 }));
    const grids = Object.values(this.grids).map(({ element }) => element);
    const stage = h("div", { class: "cnn-dropout" }, grids);
    const switches = h("div", { class: "cnn-legend-row" }, more, this.training.element);
    const sliders = h("div", { class: "cnn-sliders" }, this.p.element, this.draws.element);
    const last = foot([help([...ON_GRIDS, ...ON_EDITS])], () => this.reset());
    context.el.append(switches, stage, this.words.element, sliders, last);
  }

  // Everything that follows from the state.
  update() {
    const { shape, data } = this.array("values");
    const kind = this.values("tenths", "training");
    const draw = this.model.get("draw");
    const mask = factors(draw, data.length, kind);
    const means = meanFactors(draw, data.length, kind);
    const times = (by) => data.map((value, k) => value * by[k]);
    const numbers = [data, times(mask), times(means), mask];
    for (const [k, grid] of Object.values(this.grids).entries()) {
      grid.layOut(shape);
      grid.write(numbers[k], largest(numbers[k]));
    }
    Object.assign(this, { x: data, mask, means, kind, shown: draw });
    this.p.show(kind.tenths);
    this.draws.show(draw);
    this.training.show(kind.training);
    this.look.keep(({ grid, index }) => this.grids[grid].has(index));
    this.draw();
  }

  // What the reader looks at: the same place in all grids. What was dropped is drawn so.
  draw() {
    const { at, pinned } = this.look;
    for (const [name, grid] of Object.entries(this.grids)) {
      const mark = (_row, _column, k) => {
        const lit = k === at?.index ? "lit focus" : "";
        return name !== MEAN && !this.mask[k] ? `${lit} dropped`.trim() : lit;
      };
      grid.mark(mark, this.look.pinnedIn(name));
    }
    this.say(at ? this.ofOne(at.index) : this.ofAll(), { pinned, looking: at });
  }

  ofOne(k) {
    const [x, factor, mean] = [this.x[k], this.mask[k], this.x[k] * this.means[k]].map(proseText);
    if (!this.kind.training) return `${x} comes out as it is.`;
    const fate = this.mask[k]
      ? `stays, times ${factor}, and its gradient passes times ${factor}`
      : "is dropped, and its gradient is 0";
    return `${x} ${fate}. Its mean over ${plural(this.shown, "draw")} is ${mean}.`;
  }

  ofAll() {
    if (!this.kind.training) return "In evaluation nothing is dropped, and nothing scaled.";
    const kept = this.mask.reduce((count, factor) => count + (factor > 0), 0);
    return `Draw ${this.shown}: ${kept} of ${this.mask.length} numbers ${kept === 1 ? "stays" : "stay"}, divided by 1 \u2212 0.${this.kind.tenths}. The gradient of every output is 1.`;
  }
}

export default defineWidget("DropoutExplorer", DropoutExplorer);
