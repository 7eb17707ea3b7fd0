// FastSteps: one window slid along a few numbers, by Winograd's matrices or by Fourier transforms.
import { largest, withValue } from "../shared/arrays.mjs";
import { Choice } from "../shared/choice.mjs";
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_EDITS, ON_GRIDS, ON_STEPS } from "../shared/help.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import { stepsOf } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { fourier, shown, window, winograd } from "./steps.mjs";
import { told } from "./told.mjs";

const STATE = ["signal", "kernel", "way", "padded", "position"];
// Each grid with its role, in the order in which the numbers are computed.
const MADE = {
  "transformed signal": "input",
  "transformed kernel": "kernel",
  products: "padding",
  output: "output",
};
const GRIDS = { signal: "input", kernel: "kernel", ...MADE };
const LAST = 39;

class FastSteps extends Explorer {
  constructor(context) {
    super(context, STATE);
    this.grids = {};
    for (const [name, role] of Object.entries(GRIDS)) {
      const edit = (index, value) => this.take({ [name]: withValue(this.array(name), index, value) });
      const editable = !(name in MADE);
      this.grids[name] = new NumberGrid({ name, role, editable, on: this.reactions(name, edit) });
    }
    const ways = ["Winograd", "FFT"].map((way) => [way, way]);
    this.way = new Choice({
      name: "by",
      options: ways,
      onInput: (way) => this.take({ way, position: LAST }),
    });
    const pad = (padded) => this.take({ padded, position: LAST });
    this.padded = new Switch({ name: "two zeros after the signal", onInput: pad });
    this.size = new Slider({
      name: "numbers",
      min: 4,
      max: 8,
      role: "input",
      onInput: (n) => this.resize(n),
    });
    const stepper = stepsOf(this, (place) => ({ position: place === this.places.length - 1 ? LAST : place }));
    this.stepper.slider.element.querySelector("label").textContent = "number";
    this.terms = h("div", { class: "cnn-terms" });
    const elements = Object.values(this.grids).map(({ element }) => element);
    const pairs = [0, 2, 4].map((k) => h("div", { class: "cnn-fast-pair" }, ...elements.slice(k, k + 2)));
    this.stage = h("div", { class: "cnn-fast" }, ...pairs);
    const choices = h("div", { class: "cnn-legend-row" }, this.way.element, this.padded.element);
    const last = foot([help([...ON_GRIDS, ...ON_EDITS, ...ON_STEPS])], () => this.reset());
    context.el.append(choices, this.stage, stepper, this.terms, this.words.element, this.size.element, last);
  }

  resize(n) {
    const { data, ...signal } = this.array("signal");
    const longer = Float64Array.from({ length: n }, (_, k) => data[k] ?? (5 * k) % 7);
    this.letGo();
    this.take({ signal: { ...signal, shape: [n], data: longer }, position: LAST });
  }

  // Everything that follows from the state.
  update() {
    const { way, padded, position } = this.values("way", "padded", "position");
    const [x, w] = ["signal", "kernel"].map((name) => Array.from(this.array(name).data));
    const steps = way === "Winograd" ? winograd(x, w) : fourier(x, w, padded);
    Object.assign(this, { steps, given: { x, w } });
    const rows = [steps.signal, steps.kernel, steps.products, steps.output];
    for (const [name, array] of [
      ["signal", x],
      ["kernel", w],
    ])
      this.show(name, array, 1);
    for (const [k, name] of Object.keys(MADE).entries()) this.show(name, shown(rows[k]), rows[k].im ? 2 : 1);
    this.stage.classList.toggle("cnn-fast-long", steps.length > 6);
    this.places = Object.keys(MADE).flatMap((grid, k) => rows[k].re.map((_, index) => ({ grid, index })));
    this.position = Math.min(position, this.places.length - 1);
    this.look.keep(({ grid, index }) => this.grids[grid].has(index));
    this.showControls(way, padded, x.length);
    this.draw();
  }

  show(name, numbers, rows) {
    const grid = this.grids[name];
    const columns = numbers.length / rows;
    const size = rows === 2 ? `${columns}, real above imaginary` : `${columns}`;
    grid.layOut([rows, columns], 0, null, size);
    grid.write(numbers, largest(numbers));
  }

  showControls(way, padded, n) {
    const wanted = new Set(this.model.get("controls"));
    this.way.show(way);
    this.padded.show(padded);
    this.size.show(n);
    this.way.element.hidden = !wanted.has("way");
    this.padded.element.hidden = !wanted.has("padding") || way !== "FFT";
    this.size.element.hidden = !wanted.has("size");
    this.stepper.element.hidden = !wanted.has("steps");
  }

  // What the reader looks at, else the number that the stepper has come to.
  draw() {
    const { at, pinned } = this.look;
    const place = at ?? this.places[this.position];
    const k = place.index % this.columns(place.grid);
    const { lines, text, lit } = told(this.steps, this.given, place.grid, k);
    const seen = place.grid === "output" ? window(this.steps, k).places : [];
    for (const [name, grid] of Object.entries(this.grids)) {
      const columns = this.columns(name);
      const first = this.places.findIndex((one) => one.grid === name);
      const mark = (_row, column) => {
        const marks = [];
        if (name === place.grid && column === k) marks.push("lit focus");
        else if (lit[name]?.includes(column)) marks.push("lit");
        else if (name === "signal" && seen.includes(column)) marks.push("twin");
        if (name === "output" && window(this.steps, column).wraps) marks.push("dropped");
        if (first >= 0 && first + (column % columns) > this.position) marks.push("cnn-unmade");
        return marks.join(" ");
      };
      grid.mark(mark, this.look.pinnedIn(name));
    }
    this.terms.replaceChildren(...lines.map((line) => h("span", { class: "cnn-line" }, ...line)));
    this.stepper.show(this.position, this.places.length);
    this.say(text, { pinned, looking: at });
  }

  columns(name) {
    return this.grids[name].shape[1];
  }
}

export default defineWidget("FastSteps", FastSteps);
