// PoolingExplorer: one number for each window, the way back, and a photograph that moves.
import { largest, resized, withValue } from "../shared/arrays.mjs";
import { h, setText } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { plural } from "../shared/numbers.mjs";
import { stepsOf } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { Photo, photoText } from "./photo.mjs";
import { geometry, pixelsOf, pool, refusal, route, windowsOn } from "./pools.mjs";
import { PoolingSettings } from "./settings.mjs";
import { explain } from "./words.mjs";

const SETTINGS = ["pooling", "kernel_size", "stride", "padding", "count_include_pad"];
const STATE = ["image", ...SETTINGS, "mode", "grad_out", "position", "shift"];
// Each grid with its area, its role, and the trait that an edit of it changes.
const GRIDS = {
  input: ["input", "input", "image"],
  output: ["output", "output"],
  winners: ["winners", "padding"],
  "input gradient": ["input-gradient", "gradient"],
  "output gradient": ["output-gradient", "gradient", "grad_out"],
};
const ofInput = (name) => name.startsWith("input");

class PoolingExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    this.kept = { image: new Map(), grad_out: new Map() };
    this.grids = {};
    this.areas = {};
    for (const [name, [area, role, trait]] of Object.entries(GRIDS)) {
      const edit = (index, value) => this.propose({ [trait]: withValue(this.array(trait), index, value) });
      this.grids[name] = new NumberGrid({
        name,
        role,
        editable: trait !== undefined,
        blank: name === "input gradient",
        on: this.reactions(name, edit),
      });
      this.areas[name] = h("div", { class: `cnn-${area}-area` }, this.grids[name].element);
    }
    this.photo = new Photo(context.model);
    this.legend = h("p", { class: "cnn-legend" });
    this.terms = h("div", { class: "cnn-terms" });
    this.stage = h("div", { class: "cnn-pooling" }, Object.values(this.areas), this.photo.element);
    this.settings = new PoolingSettings({
      propose: (changes) => this.propose(changes),
      resize: (axis, size) => this.resize(axis, size),
      reset: () => this.reset(),
    });
    const stepper = stepsOf(this, (position) => ({ position }));
    const { choices, shift, element, foot } = this.settings;
    const shown = [choices, this.stage, this.legend, shift.element, stepper, this.terms, this.words.element];
    context.el.append(...shown, element, foot);
    this.ready = this.photo.read();
  }

  // A change by the reader, with all that follows from it; or refused with the reason.
  propose(changes) {
    const image = changes.image ?? this.array("image");
    const g = geometry(image.shape, { ...this.values(...SETTINGS), ...changes });
    const reason = refusal(g);
    if (reason) {
      this.settings.show(this.model, this.array("image").shape);
      this.refuse(reason);
      return;
    }
    const more = { ...changes };
    const given = changes.grad_out ?? this.array("grad_out");
    const kept = this.remember("grad_out", given);
    const size = [g.H_out, g.W_out];
    if (given.shape.join() !== size.join())
      more.grad_out = resized(given, size, (i, j) => kept.get(`${i},${j}`) ?? 1);
    more.position = Math.min(this.model.get("position"), g.H_out * g.W_out - 1);
    this.letGo();
    this.take(more);
  }

  // What was cut off comes back: every number that an array has held, by its place.
  remember(trait, { shape: [, W], data }) {
    const kept = this.kept[trait];
    for (const [k, value] of data.entries()) kept.set(`${Math.floor(k / W)},${k % W}`, value);
    return kept;
  }

  resize(axis, size) {
    const image = this.array("image");
    const shape = image.shape.map((n, k) => (k === axis ? size : n));
    const kept = this.remember("image", image);
    const fill = (i, j) => kept.get(`${i},${j}`) ?? (7 * (6 * i + j)) % 10;
    this.propose({ image: resized(image, shape, fill) });
  }

  reset() {
    this.kept = { image: new Map(), grad_out: new Map() };
    super.reset();
  }

  // Everything that follows from the state.
  update() {
    const { model, grids } = this;
    const mode = model.get("mode");
    const photograph = mode === "photograph";
    if (photograph && this.photo.asked !== model.get("picture")) this.photo.read().then(() => this.update());
    const image = this.array("image");
    const kind = this.values(...SETTINGS);
    this.backward = mode === "backward";
    this.photograph = photograph;
    this.stage.dataset.mode = mode;
    this.settings.show(model, image.shape);
    this.photo.element.hidden = !photograph;
    const showing = this.showing(mode, kind.pooling);
    for (const name of Object.keys(GRIDS)) this.areas[name].hidden = !showing.includes(name);
    this.terms.hidden = photograph;
    this.stepper.element.hidden = photograph || !model.get("controls").includes("steps");
    if (photograph) {
      this.stepper.stop();
      this.change = this.photo.update(kind, model.get("shift"));
      this.draw();
      return;
    }
    const g = geometry(image.shape, kind);
    const pooled = pool(g, image.data, kind);
    // Python sends one trait at a time: until its gradient arrives, the old one is cut or filled.
    const size = [g.H_out, g.W_out];
    const sent = this.array("grad_out");
    const gradOut = sent.shape.join() === size.join() ? sent : resized(sent, size, () => 1);
    this.position = Math.min(model.get("position"), gradOut.data.length - 1);
    const routed = route(g, gradOut.data, pooled, kind);
    const places = Array.from({ length: g.H * g.W }, (_, at) => ({
      row: Math.floor(at / g.W),
      column: at % g.W,
    }));
    const holders = places.map((place) => windowsOn(g, place));
    Object.assign(this, {
      g,
      x: image.data,
      gradOut: gradOut.data,
      pooling: kind.pooling,
      counts: kind.count_include_pad,
      pooled,
      holders,
      ...routed,
    });
    grids.input.outside = kind.pooling === "max" ? "\u2212\u221e" : "0";
    const numbers = {
      input: [image.shape, image.data],
      output: [size, pooled.values],
      winners: [size, pooled.winners, 0],
      "input gradient": [image.shape, routed.gradX],
      "output gradient": [size, gradOut.data],
    };
    for (const name of showing) {
      const [shape, data, most = largest(data)] = numbers[name];
      grids[name].layOut(shape, ofInput(name) ? g.p : 0);
      grids[name].write(data, most);
    }
    this.shownGrids = showing;
    this.look.keep(({ grid, index }) => showing.includes(grid) && grids[grid].has(index));
    this.draw();
  }

  showing(mode, pooling) {
    if (mode === "photograph") return [];
    const names = pooling === "max" ? ["input", "output", "winners"] : ["input", "output"];
    return mode === "backward" ? [...names, "input gradient", "output gradient"] : names;
  }

  // What the reader looks at: pinned, else under the pointer, else focused, else the window of the stepper.
  get shown() {
    const { at } = this.look;
    if (!at) return { kind: "window", l: this.position };
    if (at.index < 0) return { kind: "padding", at: at.index, ...this.grids[at.grid].cells.where(at.index) };
    if (ofInput(at.grid)) return { kind: "pixel", at: at.index };
    return { kind: "window", l: at.index, winner: at.grid === "winners" };
  }

  draw() {
    if (this.photograph) {
      if (this.change) this.say(photoText(this.model.get("shift"), this.change), {});
      this.legend.hidden = true;
      return;
    }
    const { g, shown, holders, pooled, pooling } = this;
    const window = shown.kind === "window";
    const inside = shown.kind === "padding" ? windowsOn(g, shown) : holders[shown.at];
    const lit = new Set(window ? pixelsOf(g, shown.l) : inside);
    const won = (l, at) => pooling === "max" && pooled.winners[l] === at;
    for (const name of this.shownGrids) {
      const input = ofInput(name);
      const mark = (row, column, index) => {
        const marks = [];
        if (index < 0) {
          if (index === shown.at) marks.push("lit", "focus");
          if (!windowsOn(g, { row, column }).length) marks.push("dropped");
        } else if (input) {
          if (window ? lit.has(index) : index === shown.at) marks.push("lit");
          if (window ? won(shown.l, index) : index === shown.at) marks.push("focus");
          if (!holders[index].length) marks.push("dropped");
          if (name === "input gradient" && this.givers[index] > 1) marks.push("twin");
        } else {
          if (window ? index === shown.l : lit.has(index)) marks.push("lit");
          if (window ? index === shown.l : won(index, shown.at)) marks.push("focus");
        }
        return marks.join(" ");
      };
      this.grids[name].mark(mark, this.look.pinnedIn(name));
    }
    this.stepper.show(this.position, g.H_out * g.W_out, window ? shown.l : this.position);
    this.sayLegend();
    const { terms, text } = explain(this, shown);
    this.terms.replaceChildren(...terms);
    this.say(text, { pinned: this.look.pinned, looking: this.look.at });
  }

  sayLegend() {
    this.legend.hidden = !this.backward;
    if (!this.backward) return;
    const several = this.givers.filter((count) => count > 1).length;
    const text = several
      ? `${plural(several, "number")} of the input ${several === 1 ? "gets" : "get"} gradient from more than one window: dashed.`
      : "No number of the input gets gradient from more than one window.";
    setText(this.legend, text);
  }
}

export default defineWidget("PoolingExplorer", PoolingExplorer);
