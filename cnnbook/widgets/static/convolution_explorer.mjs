// ConvolutionExplorer: a picture of numbers, a kernel, and what the sliding window makes of them.
import { decode, encode, largest, resized, withValue } from "./arrays.mjs";
import { h, KEEP_KEYS } from "./dom.mjs";
import { sizeNumbers, sizeSymbols } from "./formula.mjs";
import { NumberGrid } from "./grid.mjs";
import { plural, proseText } from "./numbers.mjs";
import { Slider, Switch } from "./slider.mjs";
import { Stepper } from "./stepper.mjs";
import { inputTerms, outputTerms, weightTerms } from "./terms.mjs";
import { defineWidget } from "./widget.mjs";
import { correlate, geometry, meetings, reached, span, windowTerms } from "./windows.mjs";
import { Words } from "./words.mjs";

const SETTINGS = { stride: [1, 8], padding: [0, 4], dilation: [1, 4] };
const SIZES = [
  ["input height", "image", 0, 16],
  ["input width", "image", 1, 16],
  ["kernel height", "kernel", 0, 7],
  ["kernel width", "kernel", 1, 7],
];

class ConvolutionExplorer {
  constructor({ model, el, set }) {
    Object.assign(this, { model, set, seen: {}, pinned: null, hovered: null, focused: null });
    this.first = Object.fromEntries(["image", "kernel", "stride", "padding", "dilation", "flip", "position"].map((name) => [name, model.get(name)]));
    this.kept = { image: null, kernel: null };
    this.words = new Words();
    this.grids = {
      input: this.grid("input", "input", "image"),
      kernel: this.grid("kernel", "kernel", "kernel"),
      output: this.grid("output", "output", null),
    };
    this.flipped = new NumberGrid({ name: "flipped kernel", role: "kernel", on: this.reactions("flipped kernel", null) });
    this.stepper = new Stepper({
      name: "window",
      text: (place) => `${place + 1} of ${this.g ? this.g.H_out * this.g.W_out : 1}`,
      onMove: (position) => {
        this.pinned = null;
        this.set({ position });
      },
      onPlaying: (playing) => {
        this.words.silent = playing;
      },
    });
    this.terms = h("div", { class: "cnn-terms" });
    this.formula = h("div", { class: "cnn-formula" });
    const stage = h("div", { class: "cnn-stage" }, this.grids.input.element, h("span", { class: "cnn-sign", "aria-hidden": "true" }, "\u2217"),
      h("div", { class: "cnn-column" }, this.grids.kernel.element, this.flipped.element),
      h("span", { class: "cnn-sign", "aria-hidden": "true" }, "="), this.grids.output.element);
    this.settings = this.buildSettings();
    el.append(stage, this.stepper.element, this.terms, this.words.element, this.settings, this.formula);
  }

  grid(name, role, trait) {
    return new NumberGrid({ name, role, editable: trait !== null, on: this.reactions(name, trait) });
  }

  reactions(grid, trait) {
    return {
      inspect: (index, how) => {
        const key = how === "hover" ? "hovered" : "focused";
        this[key] = index === null ? null : { grid, index };
        if (how === "focus" && index !== null) this.hovered = null;
        this.draw();
      },
      pin: (index) => {
        this.stepper.stop();
        this.pinned = { grid, index };
        if (grid === "output") this.set({ position: index });
        this.draw();
      },
      release: () => {
        this.pinned = null;
        this.draw();
      },
      edit: (index, value) => this.propose({ [trait]: withValue(this[trait], index, value) }),
      say: (text) => this.words.warn(text),
    };
  }

  buildSettings() {
    this.sliders = {};
    for (const [name, [min, max]] of Object.entries(SETTINGS)) {
      this.sliders[name] = new Slider({ name, min, max, role: name, onInput: (value) => this.propose({ [name]: value }) });
    }
    this.sizes = SIZES.map(([name, trait, axis, max]) => {
      const slider = new Slider({ name, min: 1, max, role: trait, onInput: (value) => this.resize(trait, axis, value) });
      return { slider, trait, axis };
    });
    this.flip = new Switch({ name: "true convolution (flip the kernel)", onInput: (flip) => this.propose({ flip }) });
    this.sizeBox = h("details", { class: "cnn-sizes" }, h("summary", { ...KEEP_KEYS }, "sizes"), h("div", { class: "cnn-sliders" }, this.sizes.map(({ slider }) => slider.element)));
    const reset = h("button", { type: "button", class: "cnn-button", onclick: () => this.reset(), ...KEEP_KEYS }, "reset");
    return h("div", { class: "cnn-settings" },
      h("div", { class: "cnn-sliders" }, Object.values(this.sliders).map((slider) => slider.element)),
      h("div", { class: "cnn-row" }, this.flip.element, reset), this.sizeBox);
  }

  // A change by the reader: taken if some window still fits, refused with the reason if not.
  propose(changes) {
    const next = { image: this.image, kernel: this.kernel, ...this.read(), ...changes };
    const g = geometry(next.image, next.kernel, next);
    const tooSmall = [["height", g.H, g.K_h, g.H_out], ["width", g.W, g.K_w, g.W_out]].find(([, , , out]) => out < 1);
    if (tooSmall) {
      const [side, n, k] = tooSmall;
      this.showSettings();
      this.words.warn(`Not possible: the kernel would span ${span(k, next.dilation)} in ${side}, and the padded input has ${n + 2 * next.padding}.`);
      return false;
    }
    this.words.calm();
    this.pinned = null;
    const count = g.H_out * g.W_out;
    const state = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value?.data ? encode(value) : value]));
    if (this.model.get("position") >= count) state.position = count - 1;
    this.set(state);
    return true;
  }

  // Cut or extend an array; numbers that were cut off come back when it grows again.
  resize(trait, axis, size) {
    const array = this[trait];
    const shape = array.shape.with ? array.shape.with(axis, size) : array.shape.map((n, i) => (i === axis ? size : n));
    const kept = (this.kept[trait] ??= new Map());
    const [H, W] = array.shape;
    for (let i = 0; i < H; i += 1) for (let j = 0; j < W; j += 1) kept.set(`${i},${j}`, array.data[i * W + j]);
    this.propose({ [trait]: resized(array, shape, (i, j) => kept.get(`${i},${j}`) ?? 0) });
  }

  reset() {
    this.stepper.stop();
    this.kept = { image: null, kernel: null };
    this.pinned = null;
    this.words.calm();
    this.set(this.first);
  }

  read() {
    const { model } = this;
    return { stride: model.get("stride"), padding: model.get("padding"), dilation: model.get("dilation"), flip: model.get("flip") };
  }

  // Everything that follows from the state.
  update() {
    const { model } = this;
    for (const trait of ["image", "kernel"]) {
      if (this.seen[trait] !== model.get(trait)) {
        this.seen[trait] = model.get(trait);
        this[trait] = decode(model.get(trait));
      }
    }
    const g = geometry(this.image, this.kernel, this.read());
    const same = this.g && Object.entries(g).every(([name, value]) => this.g[name] === value);
    if (!same || this.computed?.image !== this.image || this.computed.kernel !== this.kernel) this.compute(g);
    this.showSettings();
    this.showFormula();
    this.draw();
  }

  compute(g) {
    this.g = g;
    this.computed = { image: this.image, kernel: this.kernel };
    this.output = correlate(this.image, this.kernel, g);
    this.grids.input.layOut([g.H, g.W], g.padding);
    this.grids.kernel.layOut([g.K_h, g.K_w]);
    this.grids.output.layOut([g.H_out, g.W_out]);
    this.grids.input.write(this.image.data, largest(this.image.data));
    this.grids.kernel.write(this.kernel.data, largest(this.kernel.data));
    this.grids.output.write(this.output.data, largest(this.output.data));
    this.flipped.element.hidden = !g.flip;
    if (g.flip) {
      this.flipped.layOut([g.K_h, g.K_w]);
      this.flipped.write(this.kernel.data.slice().reverse(), largest(this.kernel.data));
    }
    this.rows = reached(g.H, g.K_h, g.H_out, g);
    this.columns = reached(g.W, g.K_w, g.W_out, g);
  }

  showSettings() {
    const wanted = new Set(this.model.get("controls"));
    for (const [name, slider] of Object.entries(this.sliders)) {
      slider.element.hidden = !wanted.has(name);
      slider.show(this.model.get(name));
    }
    for (const { slider, trait, axis } of this.sizes) slider.show(this[trait].shape[axis]);
    this.sizeBox.hidden = !wanted.has("sizes");
    this.flip.element.hidden = !wanted.has("flip");
    this.flip.show(this.model.get("flip"));
    this.stepper.element.hidden = !wanted.has("steps");
  }

  showFormula() {
    const { g } = this;
    const { stride, padding, dilation } = g;
    const wanted = this.model.get("controls");
    this.formula.hidden = !wanted.some((name) => name in SETTINGS || name === "sizes");
    const short = stride === 1 && padding === 0 && dilation === 1 && !wanted.some((name) => name in SETTINGS);
    const key = JSON.stringify([g, short]);
    if (this.formulaKey === key) return;
    this.formulaKey = key;
    const side = (name, n, k, result) => h("div", { class: "cnn-size-row" }, h("span", {}, name), sizeNumbers({ result, n, k, stride, padding, dilation }, short));
    const rows = g.H === g.W && g.K_h === g.K_w ? [side("height and width", g.H, g.K_h, g.H_out)] : [side("height", g.H, g.K_h, g.H_out), side("width", g.W, g.K_w, g.W_out)];
    this.formula.replaceChildren(h("div", { class: "cnn-size-row" }, h("span", {}, "output size"), sizeSymbols(short)), ...rows);
  }

  // What the reader looks at: pinned, else under the pointer, else focused, else the window of the stepper.
  get shown() {
    const place = this.pinned ?? this.hovered ?? this.focused ?? { grid: "output", index: this.position };
    if (place.grid !== "flipped kernel") return place;
    return { grid: "kernel", index: this.kernel.data.length - 1 - place.index };
  }

  get position() {
    return Math.min(this.model.get("position"), this.g.H_out * this.g.W_out - 1);
  }

  draw() {
    const { g, shown } = this;
    const lit = { input: new Set(), kernel: new Set(), output: new Set() };
    const joined =
      shown.grid === "output" ? windowTerms(g, shown.index).map((term) => ({ position: shown.index, ...term }))
        : meetings(g, shown.grid === "input" ? ({ pixel }) => pixel === shown.index : ({ weight }) => weight === shown.index);
    for (const { position, row, column, weight } of joined) {
      lit.input.add(row * 64 + column);
      lit.kernel.add(weight);
      lit.output.add(position);
    }
    const dropped = (row, column) => !(this.rows[row + g.padding] && this.columns[column + g.padding]);
    const pinned = (grid) => (this.pinned?.grid === grid ? this.pinned.index : null);
    const star = (grid, index) => (shown.grid === grid && shown.index === index ? " focus" : "");
    this.grids.input.mark((row, column, index) => {
      const marks = `${lit.input.has(row * 64 + column) ? "lit" : ""}${index >= 0 ? star("input", index) : ""}`;
      return dropped(row, column) ? `dropped ${marks}` : marks;
    }, pinned("input"));
    const weightMarks = (index) => `${lit.kernel.has(index) ? "lit" : ""}${star("kernel", index)}`;
    this.grids.kernel.mark((row, column, index) => weightMarks(index), pinned("kernel"));
    if (g.flip) this.flipped.mark((row, column, index) => weightMarks(this.kernel.data.length - 1 - index), pinned("flipped kernel"));
    this.grids.output.mark((row, column, index) => `${lit.output.has(index) ? "lit" : ""}${star("output", index)}`, pinned("output"));
    this.stepper.show(this.position, g.H_out * g.W_out);
    this.explain(shown, joined);
  }

  explain(shown, joined) {
    const { g, image, kernel, output } = this;
    const at = (name, width, index) => `${name}[${Math.floor(index / width)}, ${index % width}]`;
    const state = { g, image, kernel, output, joined, at };
    const hold = this.pinned ? " Pinned: Escape lets go." : "";
    let text;
    if (shown.grid === "output") {
      this.terms.replaceChildren(...outputTerms(state, shown.index));
      const outside = joined.filter(({ pixel }) => pixel < 0).length;
      const padded = outside ? `, ${outside} of them with a zero of the padding` : "";
      text = `${at("output", g.W_out, shown.index)} is ${proseText(output.data[shown.index])}, the sum of ${plural(joined.length, "product")}${padded}.`;
    } else if (shown.grid === "input") {
      this.terms.replaceChildren(...inputTerms(state, shown.index));
      text = `${at("input", g.W, shown.index)} is ${proseText(image.data[shown.index])}. ${joined.length ? `It feeds ${plural(joined.length, "output")}.` : "No window reaches it: it is dropped."}`;
    } else {
      this.terms.replaceChildren(...weightTerms(state, shown.index));
      text = `${at("kernel", g.K_w, shown.index)} is ${proseText(kernel.data[shown.index])}. It joins ${plural(joined.length, "pair")} of input and output.`;
    }
    if (!this.words.warned || this.hovered || this.focused || this.pinned) {
      this.words.calm();
      this.words.show(text + hold);
    }
  }

  stop() {
    this.stepper.stop();
  }
}

export default defineWidget("ConvolutionExplorer", ConvolutionExplorer);
