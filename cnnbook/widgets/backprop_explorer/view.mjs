// BackpropExplorer: a picture, a kernel and what they make, and below each of them its gradient.
import { largest, withValue } from "../shared/arrays.mjs";
import { Changes } from "./changes.mjs";
import { lossText } from "./curve.mjs";
import { h, setText, sign } from "../shared/dom.mjs";
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
import { BackpropSettings } from "./settings.mjs";
import { Stepper } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { explain } from "./words.mjs";
import { Words } from "../shared/words.mjs";

const STATE = [
  "image",
  "kernel",
  "grad_out",
  "target",
  "stride",
  "padding",
  "dilation",
  "way",
  "position",
  "step_size",
];
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

class BackpropExplorer extends Changes {
  constructor({ model, el, set }) {
    super();
    Object.assign(this, {
      model,
      set,
      seen: {},
      kept: {},
      pinned: null,
      hovered: null,
      focused: null,
      losses: [],
    });
    this.first = Object.fromEntries(STATE.map((name) => [name, model.get(name)]));
    this.words = new Words();
    this.grids = Object.fromEntries(
      Object.entries(GRIDS).map(([name, [role, trait]]) => [
        name,
        new NumberGrid({
          name,
          role,
          editable: trait !== null,
          blank: name === "input gradient",
          on: this.reactions(name, trait),
        }),
      ]),
    );
    const { "spread-out gradient": spread, "turned kernel": turned, ...six } = this.grids;
    this.areas = Object.fromEntries(
      Object.entries(six).map(([name, grid]) => [
        name,
        h("div", { class: `cnn-${name.replace(" ", "-")}-area` }, grid.element),
      ]),
    );
    this.areas.convolution = h(
      "div",
      { class: "cnn-convolution-area" },
      spread.element,
      sign("\u22c6"),
      turned.element,
    );
    this.stage = h("div", { class: "cnn-backprop" }, Object.values(this.areas));
    this.stepper = new Stepper({
      words: this.words,
      onMove: (position) => {
        this.pinned = null;
        this.set({ position });
      },
    });
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
    el.append(
      this.settings.choices,
      h("div", { class: "cnn-backprop-room" }, this.stage),
      this.settings.downhill,
      this.stepper.element,
      this.terms,
      this.words.element,
      this.settings.element, this.settings.foot,
    );
  }

  reactions(grid, trait) {
    return {
      inspect: (index, how) => {
        const key = how === "hover" ? "hovered" : "focused";
        if (index !== null) this[key] = { grid, index };
        else if (this[key]?.grid === grid) this[key] = null;
        if (how === "focus" && index !== null) this.hovered = null;
        this.draw();
      },
      pin: (index) => {
        this.stepper.stop();
        this.pinned = { grid, index };
        this.draw();
      },
      release: () => {
        this.pinned = null;
        this.draw();
      },
      edit: (index, value) =>
        this.propose({ [trait]: withValue(this[trait === "grad_out" ? "gradGiven" : trait], index, value) }),
      say: (text) => this.words.warn(text),
    };
  }

  // Everything that follows from the state. Python may send it in pieces: wait for the one that makes it
  // possible.
  update() {
    const [image, kernel, gradGiven, target] = ["image", "kernel", "grad_out", "target"].map((trait) =>
      this.decoded(trait),
    );
    const settings = this.read();
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
      this.reached = new Set(this.meetings.map(({ row, column }) => row * 64 + column));
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
    for (const look of ["pinned", "hovered", "focused"]) if (!this.exists(this[look])) this[look] = null;
  }

  exists(look) {
    return look !== null && this.showing.has(look.grid) && this.grids[look.grid].has(look.index);
  }

  get position() {
    return Math.min(this.model.get("position"), this.steps - 1);
  }

  // What the reader looks at: pinned, else under the pointer, else focused, else the step that is shown.
  get shown() {
    return (
      this.pinned ??
      this.hovered ??
      this.focused ?? {
        grid: this.way === "scatter" ? "output gradient" : "input gradient",
        index: this.position,
      }
    );
  }

  // The meetings that what the reader looks at takes part in.
  joined({ grid, index }) {
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
    const lit = {
      places: new Set(),
      kernel: new Set(),
      output: new Set(),
      spread: new Set(),
      turned: new Set(),
    };
    for (const { row, column, weight, out } of joined) {
      lit.places.add(row * 64 + column);
      lit.kernel.add(weight);
      lit.output.add(out);
    }
    const ofInput = shown.grid.startsWith("input");
    const covering = this.way === "convolution" && ofInput ? covered(g, this.spread, shown.index) : [];
    for (const { place, turned } of covering) {
      lit.spread.add(place);
      lit.turned.add(turned);
    }
    if (this.way === "convolution" && !ofInput) {
      for (const [place, out] of this.spread.outs.entries())
        if (out >= 0 && lit.output.has(out)) lit.spread.add(place);
      for (const weight of lit.kernel) lit.turned.add(this.kernel.data.length - 1 - weight);
    }
    const twin = GRIDS[shown.grid][2];
    for (const name of this.showing) {
      const set =
        {
          kernel: lit.kernel,
          "kernel gradient": lit.kernel,
          "spread-out gradient": lit.spread,
          "turned kernel": lit.turned,
        }[name] ?? lit.output;
      const places = name.startsWith("input");
      grids[name].mark(
        (row, column, index) => {
          const place = row * 64 + column;
          const marks = [(places ? lit.places.has(place) : set.has(index)) ? "lit" : ""];
          if (places && !this.reached.has(place)) marks.push("dropped");
          if (name === shown.grid && index === shown.index) marks.push("focus");
          if (name === twin && index === shown.index) marks.push("twin");
          return marks.filter(Boolean).join(" ");
        },
        this.pinned?.grid === name ? this.pinned.index : null,
      );
    }
    this.stepper.element.hidden = !this.model.get("controls").includes("steps");
    setText(this.stepLabel, this.way === "scatter" ? "window" : "pixel");
    this.stepper.show(this.position, this.steps);
    this.say(shown, joined, covering, done);
  }

  say(shown, joined, covering, done) {
    const { terms, text } = explain({ ...this, joined, covering, done }, shown);
    this.terms.replaceChildren(...terms);
    const looking = this.pinned ?? this.hovered ?? this.focused;
    if (this.words.warned && !looking) return;
    this.words.calm();
    if (this.stepped) {
      this.stepped = false;
      const [before, after] = this.losses.slice(-2);
      this.words.show(
        `One step: the loss ${after < before ? "falls" : "grows"} from ${lossText(before)} to ${lossText(after)}.`,
      );
    } else this.words.show(text + (this.pinned ? " Pinned: Escape lets go." : ""));
  }

  stop() {
    this.stepper.stop();
  }
}

export default defineWidget("BackpropExplorer", BackpropExplorer);
