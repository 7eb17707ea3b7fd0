// ConvolutionExplorer: a picture of numbers, a kernel, and what the sliding window makes of them.
import { largest, resized, withValue } from "../shared/arrays.mjs";
import { h, setText, sign, withSign } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { stepsOf } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { SizeFormula } from "./formula.mjs";
import { changesSizes, Settings } from "./settings.mjs";
import { Terms } from "./terms.mjs";
import {
  correlate,
  coverage,
  covered,
  earlier,
  geometry,
  meetings,
  pixelAt,
  windowTerms,
} from "./windows.mjs";
import { impossible, sentence } from "./words.mjs";

const STATE = [
  "image",
  "kernel",
  "stride",
  "padding",
  "dilation",
  "padding_mode",
  "flip",
  "view",
  "position",
];
const SETTINGS = ["stride", "padding", "dilation", "padding_mode", "flip"];
const WIDE = 64; // more columns than any padded input has

class ConvolutionExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    this.kept = new Map();
    this.picture = this.grid("input", "image");
    this.kernels = this.grid("kernel", "kernel");
    this.flipped = this.grid("flipped kernel", null, "kernel");
    this.outputs = this.grid("output", null);
    this.terms = new Terms();
    this.formula = new SizeFormula();
    const kernels = h("div", { class: "cnn-column" }, this.kernels.element, this.flipped.element);
    const equals = sign("=");
    this.sign = sign("");
    const applied = withSign(this.sign, kernels);
    this.numbersOnly = [applied, equals, this.terms.element];
    const outputs = withSign(equals, this.outputs.element);
    const stage = h("div", { class: "cnn-stage" }, this.picture.element, applied, outputs);
    this.settings = new Settings({
      propose: (changes) => this.propose(changes),
      resize: (trait, axis, size) => this.resize(trait, axis, size),
      reset: () => this.reset(),
    });
    const stepper = stepsOf(this, (position) => ({ position }));
    context.el.append(
      stage,
      stepper,
      this.terms.element,
      this.words.element,
      this.settings.element,
      this.formula.element,
      this.settings.foot,
    );
  }

  // `trait`: what an edit changes, null where nothing can be edited.
  grid(name, trait, role = name) {
    const edit = (index, value) => this.propose({ [trait]: withValue(this.array(trait), index, value) });
    const on = this.reactions(name, edit);
    const { pin } = on;
    if (name === "output") {
      on.pin = (index) => {
        this.set({ position: index });
        pin(index);
      };
    }
    return new NumberGrid({ name, role, editable: trait !== null, on });
  }

  // A change by the reader: taken if it is possible, refused with the reason if not.
  propose(changes) {
    const g = this.geometry(changes);
    const reason = impossible(g);
    if (reason) {
      this.showSettings();
      this.refuse(reason);
      return;
    }
    this.letGo();
    const position = Math.min(this.model.get("position"), g.H_out * g.W_out - 1);
    this.take({ ...changes, position });
  }

  // Cut or extend an array; numbers that were cut off come back when it grows again.
  resize(trait, axis, size) {
    const array = this.array(trait);
    const shape = array.shape.map((n, i) => (i === axis ? size : n));
    const [H, W] = array.shape;
    for (let i = 0; i < H; i += 1) {
      for (let j = 0; j < W; j += 1) this.kept.set(`${trait} ${i},${j}`, array.data[i * W + j]);
    }
    this.propose({ [trait]: resized(array, shape, (i, j) => this.kept.get(`${trait} ${i},${j}`) ?? 0) });
  }

  reset() {
    this.kept.clear();
    super.reset();
  }

  // The setting as it is, or as it would be with some changes.
  geometry(changes = {}) {
    const arrays = { image: this.array("image"), kernel: this.array("kernel") };
    const {
      image,
      kernel,
      padding_mode: mode,
      ...settings
    } = { ...arrays, ...this.values(...SETTINGS), ...changes };
    return geometry(image, kernel, { ...settings, mode });
  }

  // Everything that follows from the state. Python may send it in pieces: wait for the one that makes it
  // possible.
  update() {
    const [image, kernel, view] = [this.array("image"), this.array("kernel"), this.model.get("view")];
    const g = this.geometry();
    if (impossible(g)) return;
    if (this.g?.key !== g.key || this.view !== view || this.image !== image || this.kernel !== kernel) {
      this.compute(g, view, image, kernel);
    }
    this.showSettings();
    this.showFormula();
    this.draw();
  }

  compute(g, view, image, kernel) {
    const before = this.g ? earlier(this.g, g) : 0;
    if (this.view !== view) this.look.forget();
    Object.assign(this, { g, view, image, kernel, output: correlate(image, kernel, g) });
    const { rows, columns, times } = covered(g);
    this.dropped = (row, column) => !(rows[row + g.padding] && columns[column + g.padding]);
    this.times = times;
    this.showPicture();
    this.kernels.layOut([g.K_h, g.K_w]);
    this.kernels.write(kernel.data, largest(kernel.data));
    this.outputs.layOut([g.H_out, g.W_out], 0, null, undefined, before);
    this.outputs.write(this.output.data, largest(this.output.data));
    this.flipped.element.hidden = !g.flip;
    setText(this.sign, g.flip ? "\u2217" : "\u22c6"); // convolution, cross-correlation
    this.sign.classList.toggle("cnn-star", !g.flip);
    if (g.flip) {
      this.flipped.layOut([g.K_h, g.K_w]);
      this.flipped.write(kernel.data.slice().reverse(), largest(kernel.data));
    }
    this.look.keep((place) => this.exists(place));
  }

  // The picture's numbers, or how often each is counted: the same cells.
  showPicture() {
    const { g, picture, times } = this;
    const covers = this.view === "coverage";
    for (const element of this.numbersOnly) element.classList.toggle("cnn-away", covers);
    picture.become({ name: covers ? "coverage" : "input", editable: !covers, blank: covers });
    picture.layOut(
      [g.H, g.W],
      g.padding,
      g.mode === "zeros" ? null : (row, column) => pixelAt(g, row, column),
    );
    const shown = covers ? coverage(g, times) : this.image.data;
    picture.write(shown, largest(shown));
  }

  exists({ grid, index }) {
    const grids = {
      input: this.picture,
      kernel: this.kernels,
      "flipped kernel": this.flipped,
      output: this.outputs,
    };
    return grids[grid].has(index) && (grid !== "flipped kernel" || this.g.flip);
  }

  showSettings() {
    const controls = this.model.get("controls");
    const values = { ...this.values(...SETTINGS), coverage: this.model.get("view") === "coverage" };
    this.settings.show(controls, values, {
      image: this.array("image").shape,
      kernel: this.array("kernel").shape,
    });
    this.stepper.element.hidden = !controls.includes("steps");
  }

  showFormula() {
    const wanted = this.model.get("controls");
    this.formula.element.hidden = !changesSizes(wanted);
    this.formula.show(this.g, wanted);
  }

  // What the reader looks at, else the window of the stepper.
  get shown() {
    const place = this.look.at ?? { grid: "output", index: this.position };
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
    const place = this.picture.cells.where(index);
    return meetings(this.g, ({ row, column }) => row === place.row && column === place.column);
  }

  // The pixel that a cell of the input or of its padding holds.
  origin(index) {
    return index < 0 ? this.picture.cells.at(index).origin : index;
  }

  draw() {
    const { g, look, shown } = this;
    const lit = { input: new Set(), kernel: new Set(), output: new Set() };
    const joined = this.joined(shown);
    for (const { position, row, column, weight } of joined) {
      lit.input.add(row * WIDE + column);
      lit.kernel.add(weight);
      lit.output.add(position);
    }
    const marks = (grid, on, index) =>
      `${on ? "lit" : ""}${shown.grid === grid && shown.index === index ? " focus" : ""}`;
    const twins = shown.grid === "input" && g.mode !== "zeros" ? this.origin(shown.index) : -1;
    this.picture.mark((row, column, index) => {
      const own = marks("input", lit.input.has(row * WIDE + column), index);
      const twin = twins >= 0 && index !== shown.index && this.origin(index) === twins ? " twin" : "";
      return this.dropped(row, column) ? `dropped ${own}${twin}` : own + twin;
    }, look.pinnedIn("input"));
    const weight = (index) => marks("kernel", lit.kernel.has(index), index);
    this.kernels.mark((_row, _column, index) => weight(index), look.pinnedIn("kernel"));
    if (g.flip) {
      const last = this.kernel.data.length - 1;
      this.flipped.mark((_row, _column, index) => weight(last - index), look.pinnedIn("flipped kernel"));
    }
    this.outputs.mark(
      (_row, _column, index) => marks("output", lit.output.has(index), index),
      look.pinnedIn("output"),
    );
    const seen = shown.grid === "output" ? shown.index : this.position;
    this.stepper.show(this.position, g.H_out * g.W_out, seen);
    this.explain(shown, joined);
  }

  explain(shown, joined) {
    const border = shown.grid === "input" && shown.index < 0;
    const looked = border ? { grid: "border", index: this.origin(shown.index) } : shown;
    const { g, image, kernel, output, times, view, look } = this;
    const state = { g, image, kernel, output, times, view, joined };
    if (view === "output") this.terms.show(state, looked);
    this.say(sentence(state, looked), { pinned: look.pinned, looking: look.at });
  }
}

export default defineWidget("ConvolutionExplorer", ConvolutionExplorer);
