// NormExplorer: two channels of a small batch, normalised, and the three parts of their gradient.
import { largest, resized, withValue } from "../shared/arrays.mjs";
import { Choice } from "../shared/choice.mjs";
import { button, h, span } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_EDITS, ON_GRIDS } from "../shared/help.mjs";
import { bracketed, fixedText, inBrackets, proseText } from "../shared/numbers.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { back, follow, histogram, normalise } from "./norms.mjs";

const STATE = ["values", "scale", "shift", "training", "running", "mode", "grad_out"];
const RUNNING = "running mean and variance";
// Each grid with its role, and the trait that an edit of it changes.
const GRIDS = {
  input: ["input", "values"],
  output: ["output"],
  [RUNNING]: ["padding"],
  "input gradient": ["gradient"],
  "output gradient": ["gradient", "grad_out"],
};
const line = (...parts) => h("span", { class: "cnn-line" }, ...parts);

// Three parts of one number need a digit more than the grid, or their sum would not seem right.
const fine = (number) => (Number.isInteger(number) ? proseText(number) : fixedText(number, 3));

// A bar for each whole number from -10 to 10, a row for each channel.
class Histogram {
  constructor(role, name) {
    this.rows = [0, 1].map(() => Array.from({ length: 21 }, () => h("i", {})));
    const rows = this.rows.map((bars) => h("div", { class: "cnn-norm-bars" }, bars));
    const below = h("small", {}, `${name}, from \u2264 \u221210 to \u2265 10`);
    this.element = h("div", { class: `cnn-norm-histogram ${role}`, "aria-hidden": "true" }, ...rows, below);
  }

  show(data, N) {
    for (const [c, bars] of this.rows.entries()) {
      const counts = histogram(data.subarray(c * N, (c + 1) * N));
      for (const [k, bar] of bars.entries()) {
        const height = `${5 * counts[k]}px`;
        if (bar.style.borderBottomWidth !== height) bar.style.borderBottomWidth = height;
      }
    }
  }
}

class NormExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    this.grids = {};
    for (const [name, [role, trait]] of Object.entries(GRIDS)) {
      const edit = (index, value) => this.take({ [trait]: withValue(this.array(trait), index, value) });
      const on = this.reactions(name, edit);
      this.grids[name] = new NumberGrid({ name, role, editable: trait !== undefined, on });
    }
    this.before = new Histogram("input", "before");
    this.after = new Histogram("output", "after");
    const change = (trait) => (value) => this.take({ [trait]: value });
    const ways = ["forward", "backward"].map((way) => [way, way]);
    this.mode = new Choice({ name: "shown", options: ways, onInput: change("mode") });
    this.training = new Switch({ name: "training", onInput: change("training") });
    const resize = (N) => this.resize(N);
    this.size = new Slider({ name: "pictures", min: 2, max: 8, role: "input", onInput: resize });
    this.scale = new Slider({ name: "scale", min: 0, max: 4, onInput: change("scale") });
    this.shift = new Slider({ name: "shift", min: -5, max: 5, text: proseText, onInput: change("shift") });
    this.batch = button("one batch more", () => this.step());
    this.terms = h("div", { class: "cnn-terms" });
    const { element: input } = this.grids.input;
    const stage = h(
      "div",
      { class: "cnn-norm" },
      h("div", {}, input, this.before.element),
      h("div", {}, this.grids.output.element, this.after.element),
      ...[RUNNING, "input gradient", "output gradient"].map((name) => this.grids[name].element),
    );
    const sliders = [this.size, this.scale, this.shift].map(({ element }) => element);
    this.sliders = h("div", { class: "cnn-sliders" }, sliders);
    const switches = h("div", { class: "cnn-legend-row" }, this.mode.element, this.training.element);
    switches.append(this.batch);
    const last = foot([help([...ON_GRIDS, ...ON_EDITS])], () => this.reset());
    context.el.append(switches, stage, this.terms, this.words.element, this.sliders, last);
  }

  resize(N) {
    const fill = (c, n) => ((7 * n + 3 * c) % 11) - 2 * c;
    this.letGo();
    this.take({
      values: resized(this.array("values"), [2, N], fill),
      grad_out: resized(this.array("grad_out"), [2, N], () => 0),
    });
  }

  step() {
    const running = this.array("running");
    this.take({ running: { ...running, dtype: "float64", data: follow(running.data, this.normed) } });
  }

  // Everything that follows from the state.
  update() {
    const { model, grids } = this;
    const [values, running] = [this.array("values"), this.array("running")];
    const kind = this.values("training", "scale", "shift");
    const N = values.shape[1];
    const sent = this.array("grad_out"); // Python sends one trait at a time
    const gradOut = sent.shape[1] === N ? sent : resized(sent, [2, N], () => 0);
    const normed = normalise(values.data, N, running.data, kind);
    const parts = back(normed, gradOut.data, kind);
    this.backward = model.get("mode") === "backward";
    for (const { element } of [this.before, this.after]) element.hidden = this.backward;
    Object.assign(this, { normed, parts, x: values.data, gradOut: gradOut.data, kind });
    const numbers = {
      input: values.data,
      output: normed.output,
      [RUNNING]: running.data,
      "input gradient": parts.gradX,
      "output gradient": gradOut.data,
    };
    for (const [name, data] of Object.entries(numbers)) {
      const unused = kind.training && !model.get("controls").includes("steps");
      grids[name].element.hidden = name === RUNNING ? unused : name.endsWith("gradient") && !this.backward;
      grids[name].layOut([2, name === RUNNING ? 2 : N]);
      grids[name].write(data, largest(data));
    }
    this.before.show(values.data, N);
    this.after.show(normed.output, N);
    this.showControls(N);
    this.look.keep(({ grid, index }) => !grids[grid].element.hidden && grids[grid].has(index));
    this.draw();
  }

  showControls(N) {
    const wanted = new Set(this.model.get("controls"));
    this.mode.show(this.model.get("mode"));
    this.training.show(this.kind.training);
    this.size.show(N);
    this.scale.show(this.kind.scale);
    this.shift.show(this.kind.shift);
    this.batch.disabled = !this.kind.training;
    const controls = { mode: this.mode, training: this.training, size: this.size };
    for (const [name, { element }] of Object.entries(controls)) element.hidden = !wanted.has(name);
    for (const { element } of [this.scale, this.shift]) element.hidden = !wanted.has("parameters");
    this.batch.hidden = !wanted.has("steps");
    this.sliders.hidden = !wanted.has("size") && !wanted.has("parameters");
  }

  // What the reader looks at: a number, and all that its statistics are made of.
  draw() {
    const { at, pinned } = this.look;
    const { N } = this.normed;
    const place = at && at.index >= 0 ? at : { grid: this.backward ? "input gradient" : "output", index: 0 };
    const channel = Math.floor(place.index / (place.grid === RUNNING ? 2 : N));
    const index = place.grid === RUNNING ? -1 : place.index;
    for (const [name, grid] of Object.entries(this.grids)) {
      const mark = (row, _column, k) => {
        if (row !== channel || (name === RUNNING && this.kind.training && place.grid !== RUNNING)) return "";
        if (k === index && name !== RUNNING) return "lit focus";
        return this.kind.training || name === RUNNING ? "lit" : "";
      };
      grid.mark(mark, this.look.pinnedIn(name));
    }
    if (index < 0) this.sayRunning(channel);
    else if (place.grid.endsWith("gradient")) this.sayBack(channel, index);
    else this.sayForward(channel, index);
    this.say(this.text, { pinned, looking: at });
  }

  sayRunning(c) {
    const { own, N } = this.normed;
    const seen = [own[c][0], (own[c][1] * N) / (N - 1)].map(proseText).join(" and ");
    this.terms.replaceChildren(line("0.9 \u00b7 the old + 0.1 \u00b7 ", span("input", seen)));
    this.text = `Channel ${c}: in training each batch moves them a tenth of the way to its own; the variance is divided by ${N} \u2212 1 there.`;
  }

  sayForward(c, k) {
    const { means, variances, hat, output } = this.normed;
    const { scale, shift, training } = this.kind;
    const [middle, result] = [proseText(hat[k]), span("output", proseText(output[k]))];
    const spread = proseText(Math.sqrt(variances[c] + 1e-5));
    this.terms.replaceChildren(
      line(
        "(",
        span("input", proseText(this.x[k])),
        ` \u2212 ${inBrackets(means[c])}) / ${spread} = `,
        middle,
      ),
      line(`${scale} \u00b7 ${inBrackets(hat[k])} + ${inBrackets(shift)} = `, result),
    );
    const whose = training ? "has the mean" : "is taken to have the running mean";
    this.text = `Channel ${c} ${whose} ${proseText(means[c])} and the variance ${proseText(variances[c])}.`;
  }

  sayBack(c, k) {
    const { itself, byMean, byVariance, gradX } = this.parts;
    const [one, two, three, sum] = [itself, byMean, byVariance, gradX].map((part) => part[k]);
    this.terms.replaceChildren(
      line(`itself ${fine(one)}`),
      line(` \u2212 by the mean ${bracketed(fine(two))}`),
      line(` \u2212 by the variance ${bracketed(fine(three))} = `, span("gradient", fine(sum))),
    );
    this.text = this.kind.training
      ? `Number ${k % this.normed.N} of channel ${c} acts on its own output, on the mean and on the variance of its channel: three parts.`
      : `In evaluation mean and variance are fixed: number ${k % this.normed.N} of channel ${c} acts on its own output alone.`;
  }
}

export default defineWidget("NormExplorer", NormExplorer);
