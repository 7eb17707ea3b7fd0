// BackpropExplorer: a picture, a kernel and what they make, and below each of them its gradient.
import { largest, withValue } from "../shared/arrays.mjs";
import { Changes } from "./changes.mjs";
import { lossText } from "./curve.mjs";
import { h, setText, sign, withSign } from "../shared/dom.mjs";
import {
  backward,
  covered,
  forward,
  geometry,
  meetings,
  refusal,
  scattered,
  spreadOut,
} from "./gradients.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { stepsOf } from "../shared/stepper.mjs";
import { BackpropSettings } from "./settings.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { explain } from "./words.mjs";

// Each grid: its colour, the trait that an edit changes, the grid of the same numbers' gradients or values.
const GRIDS = {
  input: ["input", "image", "input gradient"],
  kernel: ["kernel", "kernel", "kernel gradient"],
  output: ["output", null, "output gradient"],
  target: ["output", "target", null],
  "input gradient": ["gradient", null, "input"],
  "kernel gradient": ["gradient", null, "kernel"],
  "output gradient": ["gradient", "grad_out", "output"],
  "spread-out gradient": ["gradient", null, null],
  "turned kernel": ["kernel", null, null],
};

const WIDE = 64; // more columns than any padded input has

class BackpropExplorer extends Changes {
  constructor(context) {
    super(context);
    this.grids = Object.fromEntries(Object.keys(GRIDS).map((name) => [name, this.grid(name)]));
    const { "spread-out gradient": spread, "turned kernel": turned, ...six } = this.grids;
    this.areas = Object.fromEntries(
      Object.entries(six).map(([name, grid]) => [
        name,
        h("div", { class: `cnn-${name.replace(" ", "-")}-area` }, grid.element),
      ]),
    );
    const grids = h("div", { class: "cnn-backprop-six" }, Object.values(this.areas));
    this.areas.convolution = h(
      "div",
      { class: "cnn-convolution-area" },
      spread.element,
      withSign(sign("\u22c6"), turned.element),
    );
    this.stage = h("div", { class: "cnn-backprop" }, grids, this.areas.convolution);
    const stepper = stepsOf(this, (position) => ({ position }));
    this.stepLabel = this.stepper.slider.element.querySelector("label");
    this.terms = h("div", { class: "cnn-terms" });
    this.settings = new BackpropSettings({
      propose: (changes) => this.propose(changes),
      resize: (trait, axis, size) => this.resize(trait, axis, size),
      aim: (on) => this.aim(on),
      rate: (step_size) => this.set({ step_size }),
      descend: () => this.descend(),
      reset: () => this.reset(),
    });
    const { choices, downhill, element, foot } = this.settings;
    const room = h("div", { class: "cnn-backprop-room" }, this.stage);
    context.el.append(choices, room, downhill, stepper, this.terms, this.words.element, element, foot);
  }

  grid(name) {
    const [role, trait] = GRIDS[name];
    const edit = (index, value) => this.propose({ [trait]: withValue(this.array(trait), index, value) });
    const blank = name === "input gradient";
    return new NumberGrid({ name, role, editable: trait !== null, blank, on: this.reactions(name, edit) });
  }

  // Everything that follows from the state. Python may send it in pieces: wait for the one that makes it
  // possible.
  update() {
    const [image, kernel, gradGiven, target] = ["image", "kernel", "grad_out", "target"].map((trait) =>
      this.array(trait),
    );
    const settings = this.settingsNow();
    const g = geometry(image, kernel, settings);
    const given = target ?? gradGiven;
    if (refusal(g) || given.shape[0] !== g.H_out || given.shape[1] !== g.W_out) return;
    const computed = [image, kernel, given, target, g.key, settings.way];
    if (computed.some((part, k) => part !== this.computed?.[k])) {
      const known = this.g?.key === g.key;
      Object.assign(this, { computed, g, image, kernel, target, gradGiven, way: settings.way });
      this.compute(known);
      this.layOut();
    }
    this.settings.show(this.model, this);
    this.draw();
  }

  compute(known) {
    const { g, image, kernel, target, gradGiven } = this;
    if (!known) {
      this.meetings = meetings(g);
      this.spread = spreadOut(g);
      this.reached = new Set(this.meetings.map(({ row, column }) => row * WIDE + column));
    }
    this.steps = this.stepsOf(g, this.way);
    this.output = forward(g, this.meetings, image.data, kernel.data);
    this.gradOut = target ? this.output.map((y, k) => y - target.data[k]) : gradGiven.data;
    Object.assign(this, backward(g, this.meetings, this.gradOut, image.data, kernel.data));
    if (target) {
      this.loss = this.gradOut.reduce((sum, error) => sum + error * error, 0) / 2;
      this.losses = [...this.losses, this.loss];
      this.settings.showLosses(this.losses);
    } else this.losses = [];
  }

  layOut() {
    const { g, grids, target } = this;
    const convolution = this.way === "convolution";
    const shapes = {
      input: [g.H, g.W],
      kernel: [g.K_h, g.K_w],
      output: [g.H_out, g.W_out],
      target: [g.H_out, g.W_out],
      "spread-out gradient": this.spread.shape,
      "turned kernel": [g.K_h, g.K_w],
    };
    this.areas.target.hidden = !target;
    this.areas.convolution.hidden = !convolution;
    const data = {
      input: this.image.data,
      kernel: this.kernel.data,
      output: this.output,
      "kernel gradient": this.gradW,
      "output gradient": this.gradOut,
      ...(target && { target: target.data }),
      ...(convolution && {
        "spread-out gradient": this.spread.outs.map((out) => (out < 0 ? 0 : this.gradOut[out])),
        "turned kernel": this.kernel.data.slice().reverse(),
      }),
    };
    this.showing = new Set([...Object.keys(data), "input gradient"]);
    for (const name of this.showing) {
      const padding = name.startsWith("input") ? g.padding : 0;
      grids[name].layOut(shapes[name] ?? shapes[name.replace(" gradient", "")], padding);
      if (data[name]) grids[name].write(data[name], largest(data[name]));
    }
    const own = grids["output gradient"];
    own.editable = !target;
    own.table.setAttribute("aria-readonly", String(Boolean(target)));
    this.look.keep(({ grid, index }) => this.showing.has(grid) && grids[grid].has(index));
  }

  get position() {
    return Math.min(this.model.get("position"), this.steps - 1);
  }

  // What the reader looks at, else the step that is shown, else the first slope of the kernel.
  get shown() {
    if (this.look.at) return this.look.at;
    if (!this.model.get("controls").includes("steps")) return { grid: "kernel gradient", index: 0 };
    const grid = this.way === "scatter" ? "output gradient" : "input gradient";
    return { grid, index: this.position };
  }

  // The meetings that what the reader looks at takes part in.
  joined({ grid, index }) {
    if (index < 0) {
      const place = this.grids[grid].cells.where(index);
      return this.meetings.filter(({ row, column }) => row === place.row && column === place.column);
    }
    if (grid === "spread-out gradient")
      return this.meetings.filter(({ out }) => out === this.spread.outs[index]);
    const [kind, place] =
      grid === "turned kernel"
        ? ["kernel", this.kernel.data.length - 1 - index]
        : [grid.replace(" gradient", "").replace("target", "output"), index];
    const key = { input: "pixel", kernel: "weight", output: "out" }[kind];
    return this.meetings.filter((one) => one[key] === place);
  }

  draw() {
    const { g, shown, grids } = this;
    const done = this.way === "scatter" ? this.position + 1 : g.H_out * g.W_out;
    const sums =
      this.way === "scatter" && done < g.H_out * g.W_out
        ? scattered(g, this.meetings, this.gradOut, this.kernel.data, done)
        : this.gradX;
    grids["input gradient"].write(sums, largest(this.gradX));
    const joined = this.joined(shown);
    const covering = this.covering(shown);
    const lit = this.lightUp(shown, joined, covering);
    const twin = GRIDS[shown.grid][2];
    for (const name of this.showing) {
      const places = name.startsWith("input");
      const classOf = (row, column, index) => {
        const place = row * WIDE + column;
        const marks = [(places ? lit.places.has(place) : lit[name].has(index)) ? "lit" : ""];
        if (places && !this.reached.has(place)) marks.push("dropped");
        if (name === shown.grid && index === shown.index) marks.push("focus");
        if (name === twin && index === shown.index) marks.push("twin");
        return marks.filter(Boolean).join(" ");
      };
      grids[name].mark(classOf, this.look.pinnedIn(name));
    }
    this.stepper.element.hidden = !this.model.get("controls").includes("steps");
    setText(this.stepLabel, this.way === "scatter" ? "window" : "pixel");
    const ofStep = (this.way === "scatter" ? /^(output|target)/ : /^input/).test(shown.grid);
    this.stepper.show(this.position, this.steps, ofStep && shown.index >= 0 ? shown.index : this.position);
    this.explain(shown, joined, covering, done);
  }

  // The places of the spread-out gradient that the turned kernel covers for a pixel.
  covering({ grid, index }) {
    const ofPixel = this.way === "convolution" && grid.startsWith("input") && index >= 0;
    return ofPixel ? covered(this.g, this.spread, index) : [];
  }

  // What lights up: places of the input, and cells of the other grids.
  lightUp(shown, joined, covering) {
    const places = new Set(joined.map(({ row, column }) => row * WIDE + column));
    const [kernel, output] = ["weight", "out"].map((key) => new Set(joined.map((one) => one[key])));
    const spread = new Set(covering.map(({ place }) => place));
    const turned = new Set(covering.map(({ turned: index }) => index));
    if (this.way === "convolution" && !shown.grid.startsWith("input")) {
      for (const [place, out] of this.spread.outs.entries()) if (output.has(out)) spread.add(place);
      for (const weight of kernel) turned.add(this.kernel.data.length - 1 - weight);
    }
    return {
      places,
      output,
      target: output,
      kernel,
      "output gradient": output,
      "kernel gradient": kernel,
      "spread-out gradient": spread,
      "turned kernel": turned,
    };
  }

  explain(shown, joined, covering, done) {
    const { g, image, kernel, target, output, gradOut, gradX, gradW, spread, way } = this;
    const numbers = { g, image, kernel, target, output, gradOut, gradX, gradW, spread, way };
    const { terms, text } = explain({ ...numbers, joined, covering, done }, shown);
    this.terms.replaceChildren(...terms);
    const { pinned, at } = this.look;
    if (!this.stepped) {
      this.say(text, { pinned, looking: at });
      return;
    }
    this.stepped = false;
    const [before, after] = this.losses.slice(-2);
    const falls = after < before ? "falls" : "grows";
    const far = after > before ? ": the step was too long" : "";
    const told = `One step: the loss ${falls} from ${lossText(before)} to ${lossText(after)}${far}.`;
    this.say(told, { looking: true });
  }
}

export default defineWidget("BackpropExplorer", BackpropExplorer);
