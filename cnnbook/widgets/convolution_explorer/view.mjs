// ConvolutionExplorer: a picture of numbers, a kernel, and what the sliding window makes of them.
import { decode, encode, largest, resized, withValue } from "../shared/arrays.mjs";
import { h, sign } from "../shared/dom.mjs";
import { changesSizes, changesSteps, Settings } from "./settings.mjs";
import { at, impossible, sentence } from "./words.mjs";
import { sizeNumbers, sizeSymbols } from "./formula.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { Stepper } from "../shared/stepper.mjs";
import { inputTerms, outputTerms, weightTerms } from "./terms.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { correlate, countedFor, geometry, meetings, pixelAt, visits, windowTerms } from "./windows.mjs";
import { Words } from "../shared/words.mjs";

const STATE = ["image", "kernel", "stride", "padding", "dilation", "padding_mode", "flip", "view", "position"];
const LOOKS = ["pinned", "hovered", "focused"];

const TERMS = { output: outputTerms, input: inputTerms, border: (state, index) => inputTerms(state, index, true), kernel: weightTerms };

class ConvolutionExplorer {
  constructor({ model, el, set }) {
    Object.assign(this, { model, set, seen: {}, pinned: null, hovered: null, focused: null });
    this.first = Object.fromEntries(STATE.map((name) => [name, model.get(name)]));
    this.kept = { image: null, kernel: null };
    this.words = new Words();
    this.grids = {
      input: this.grid("input", "input", "image"),
      coverage: new NumberGrid({ name: "coverage", role: "input", blank: true, on: this.reactions("input", null) }),
      kernel: this.grid("kernel", "kernel", "kernel"),
      output: this.grid("output", "output", null),
    };
    this.flipped = new NumberGrid({ name: "flipped kernel", role: "kernel", on: this.reactions("flipped kernel", null) });
    this.stepper = new Stepper({
      words: this.words,
      onMove: (position) => {
        this.pinned = null;
        this.set({ position });
      },
    });
    this.terms = h("div", { class: "cnn-terms" });
    this.formula = h("div", { class: "cnn-formula" });
    this.numbersOnly = [sign("\u2217"), h("div", { class: "cnn-column" }, this.grids.kernel.element, this.flipped.element), sign("="), this.terms];
    const stage = h("div", { class: "cnn-stage" }, this.grids.input.element, this.grids.coverage.element, ...this.numbersOnly.slice(0, 3), this.grids.output.element);
    this.settings = new Settings({
      propose: (changes) => this.propose(changes),
      resize: (trait, axis, size) => this.resize(trait, axis, size),
      reset: () => this.reset(),
    });
    el.append(stage, this.stepper.element, this.terms, this.words.element, this.settings.element, this.formula);
  }

  grid(name, role, trait) {
    return new NumberGrid({ name, role, editable: trait !== null, on: this.reactions(name, trait) });
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

  // A change by the reader: taken if it is possible, refused with the reason if not.
  propose(changes) {
    const g = this.geometry({ ...this, ...this.read(), ...changes });
    const reason = impossible(g);
    if (reason) {
      this.showSettings();
      this.words.warn(reason);
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
    return Object.fromEntries(STATE.slice(2).map((name) => [name, this.model.get(name)]));
  }

  geometry({ image, kernel, padding_mode, ...settings }) {
    return geometry(image, kernel, { ...settings, mode: padding_mode });
  }

  // Everything that follows from the state. Python may send it in pieces: wait for the one that makes it possible.
  update() {
    const arrays = Object.fromEntries(["image", "kernel"].map((trait) => [trait, this.decoded(trait)]));
    const g = this.geometry({ ...arrays, ...this.read() });
    if (impossible(g)) return;
    const view = this.model.get("view");
    const same = this.g?.key === g.key && this.view === view && this.image === arrays.image && this.kernel === arrays.kernel;
    if (!same) this.compute(g, view, arrays);
    this.showSettings();
    this.showFormula();
    this.draw();
  }

  decoded(trait) {
    const sent = this.model.get(trait);
    if (this.seen[trait]?.sent !== sent) this.seen[trait] = { sent, array: decode(sent) };
    return this.seen[trait].array;
  }

  compute(g, view, { image, kernel }) {
    const { grids } = this;
    const lookedAtGone = this.view !== view;
    Object.assign(this, { g, view, image, kernel, output: correlate(image, kernel, g) });
    const rows = visits(g.H, g.K_h, g.H_out, g);
    const columns = visits(g.W, g.K_w, g.W_out, g);
    this.dropped = (row, column) => !(rows[row + g.padding] && columns[column + g.padding]);
    this.times = { rows: countedFor(g.H, g.rows, rows), columns: countedFor(g.W, g.columns, columns) };
    const covers = view === "coverage";
    grids.input.element.hidden = covers;
    grids.coverage.element.hidden = !covers;
    for (const element of this.numbersOnly) element.hidden = covers;
    this.picture = covers ? grids.coverage : grids.input;
    const shown = covers ? Float64Array.from({ length: g.H * g.W }, (_, i) => this.times.rows[Math.floor(i / g.W)] * this.times.columns[i % g.W]) : image.data;
    this.picture.layOut([g.H, g.W], g.padding, g.mode === "zeros" ? null : (row, column) => pixelAt(g, row, column));
    this.picture.write(shown, largest(shown));
    grids.kernel.layOut([g.K_h, g.K_w]);
    grids.output.layOut([g.H_out, g.W_out]);
    grids.kernel.write(kernel.data, largest(kernel.data));
    grids.output.write(this.output.data, largest(this.output.data));
    this.flipped.element.hidden = !g.flip;
    if (g.flip) {
      this.flipped.layOut([g.K_h, g.K_w]);
      this.flipped.write(kernel.data.slice().reverse(), largest(kernel.data));
    }
    for (const look of LOOKS) if (lookedAtGone || !this.exists(this[look])) this[look] = null;
  }

  exists(look) {
    if (look?.grid === "flipped kernel") return this.g.flip && this.flipped.has(look.index);
    return look !== null && (look.grid === "input" ? this.picture : this.grids[look.grid]).has(look.index);
  }

  showSettings() {
    const controls = this.model.get("controls");
    const { view, ...values } = this.read();
    this.settings.show(controls, { ...values, coverage: view === "coverage" }, { image: this.image.shape, kernel: this.kernel.shape });
    this.stepper.element.hidden = !controls.includes("steps");
  }

  showFormula() {
    const { g } = this;
    const { stride, padding, dilation } = g;
    const wanted = this.model.get("controls");
    this.formula.hidden = !changesSizes(wanted);
    const short = stride === 1 && padding === 0 && dilation === 1 && !changesSteps(wanted);
    const key = `${g.key} ${short}`;
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

  // All products that what the reader looks at takes part in.
  joined({ grid, index }) {
    if (grid === "output") return windowTerms(this.g, index).map((term) => ({ position: index, ...term }));
    if (grid === "kernel") return meetings(this.g, ({ weight }) => weight === index);
    if (index >= 0) return meetings(this.g, ({ pixel }) => pixel === index);
    const place = this.picture.frame[-1 - index];
    return meetings(this.g, ({ row, column }) => row === place.row && column === place.column);
  }

  // The pixel that a cell of the input or of its padding holds.
  origin(index) {
    return index < 0 ? this.picture.frame[-1 - index].origin : index;
  }

  draw() {
    const { g, shown } = this;
    const lit = { input: new Set(), kernel: new Set(), output: new Set() };
    const joined = this.joined(shown);
    for (const { position, row, column, weight } of joined) {
      lit.input.add(row * 64 + column);
      lit.kernel.add(weight);
      lit.output.add(position);
    }
    const pinned = (grid) => (this.pinned?.grid === grid ? this.pinned.index : null);
    const star = (grid, index) => (shown.grid === grid && shown.index === index ? " focus" : "");
    const twins = shown.grid === "input" && g.mode !== "zeros" ? this.origin(shown.index) : -1;
    this.picture.mark((row, column, index) => {
      const twin = twins >= 0 && index !== shown.index && this.origin(index) === twins ? " twin" : "";
      const marks = `${lit.input.has(row * 64 + column) ? "lit" : ""}${star("input", index)}${twin}`;
      return this.dropped(row, column) ? `dropped ${marks}` : marks;
    }, pinned("input"));
    const weightMarks = (index) => `${lit.kernel.has(index) ? "lit" : ""}${star("kernel", index)}`;
    this.grids.kernel.mark((row, column, index) => weightMarks(index), pinned("kernel"));
    if (g.flip) this.flipped.mark((row, column, index) => weightMarks(this.kernel.data.length - 1 - index), pinned("flipped kernel"));
    this.grids.output.mark((row, column, index) => `${lit.output.has(index) ? "lit" : ""}${star("output", index)}`, pinned("output"));
    this.stepper.show(this.position, g.H_out * g.W_out);
    this.explain(shown, joined);
  }

  explain(shown, joined) {
    const border = shown.grid === "input" && shown.index < 0;
    const looked = border ? { grid: "border", index: this.origin(shown.index) } : shown;
    const state = { ...this, joined, at };
    if (this.view === "output") this.terms.replaceChildren(...TERMS[looked.grid](state, looked.index));
    if (!this.words.warned || this.hovered || this.focused || this.pinned) {
      this.words.calm();
      this.words.show(sentence(state, looked));
    }
  }

  stop() {
    this.stepper.stop();
  }
}

export default defineWidget("ConvolutionExplorer", ConvolutionExplorer);
