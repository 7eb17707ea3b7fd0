// Im2colExplorer: a picture, its windows as columns, and the product that is a convolution; and the way back.
import { largest, withValue } from "../shared/arrays.mjs";
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { stepsOf } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { addBack, arrangement, geometry, lightUp, multiply, refusal, unfold, windowOf } from "./columns.mjs";
import { bringIntoView } from "./in_sight.mjs";
import { fly } from "./moving.mjs";
import { Im2colSettings } from "./settings.mjs";
import { drawnWindows, sizeText, stays } from "./windows.mjs";
import { explain, shapesText } from "./words.mjs";

const STATE = [
  "x",
  "weight",
  "stride",
  "padding",
  "dilation",
  "arrangement",
  "direction",
  "position",
  "point",
];
const AREAS = ["input", "filters", "columns", "products", "output"];
const range = (count) => Array.from({ length: count }, (_, k) => k);

class Im2colExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    Object.assign(this, { el: context.el, grids: new Map(), shownGrids: [] });
    this.areas = Object.fromEntries(AREAS.map((area) => [area, h("div", { class: `cnn-${area}-area` })]));
    this.stage = h("div", { class: "cnn-im2col" }, Object.values(this.areas));
    this.terms = h("div", { class: "cnn-terms" });
    this.shapes = h("p", { class: "cnn-shapes" });
    this.settings = new Im2colSettings({
      propose: (changes) => this.propose(changes),
      reset: () => this.reset(),
    });
    const stepper = stepsOf(this, (position) => ({ position }));
    const { choices, element, foot } = this.settings;
    const { stage, terms, words, shapes } = this;
    context.el.append(choices, stage, stepper, terms, words.element, shapes, element, foot);
  }

  // A grid by its name: made once, kept for when it is needed again. What it holds now is added to its
  // record.
  grid(name, role, editable) {
    if (!this.grids.has(name)) {
      const record = { name };
      const edit = (index, value) => {
        const trait = record.area === "filters" ? "weight" : "x";
        this.propose({ [trait]: withValue(this.array(trait), record.ids[index], value) });
      };
      record.grid = new NumberGrid({ name, role, editable, on: this.reactions(record, edit) });
      const { scroller } = record.grid;
      scroller.addEventListener("scroll", () => this.scrollTogether(record, scroller.scrollLeft), {
        passive: true,
      });
      this.grids.set(name, record);
    }
    return this.grids.get(name);
  }

  // A column stays above what it becomes.
  scrollTogether(record, left) {
    if (this.kind === "rows") return;
    for (const other of this.shownGrids) {
      const { scroller } = other.grid;
      const follows = other !== record && ["columns", "products"].includes(other.area);
      if (follows && scroller.scrollLeft !== left) scroller.scrollLeft = left;
    }
  }

  // A change by the reader: taken, or refused with the reason.
  propose(changes) {
    const g = this.geometry(changes);
    const reason = refusal(g);
    if (reason) {
      this.showSettings();
      this.refuse(reason);
      return;
    }
    this.letGo();
    this.take({ ...changes, position: Math.min(this.model.get("position"), g.N * g.L - 1) });
  }

  // The setting as it is, or as it would be with some changes.
  geometry(changes = {}) {
    const arrays = { x: this.array("x"), weight: this.array("weight") };
    const { x, weight, ...steps } = {
      ...arrays,
      ...this.values("stride", "padding", "dilation"),
      ...changes,
    };
    return geometry(x, weight, steps);
  }

  // Everything that follows from the state.
  update() {
    const { model } = this;
    const [x, weight, g] = [this.array("x"), this.array("weight"), this.geometry()];
    const [kind, back] = [model.get("arrangement"), model.get("direction") === "col2im"];
    const key = JSON.stringify(g);
    const changed = this.x !== x || this.weight !== weight || this.key !== key;
    const turned = back !== this.back;
    const moved = this.kind !== undefined && kind !== this.kind && !changed && !turned;
    if (changed) this.compute(g, key, x, weight);
    if (changed || turned || kind !== this.kind) {
      Object.assign(this, { kind, back });
      Object.assign(this.look, { pinned: null, hovered: null });
      const layOut = () => this.layOut();
      if (moved) fly(this.el, () => this.movable(), layOut);
      else layOut();
    }
    this.showSettings();
    this.draw();
  }

  showSettings() {
    this.settings.show(this.model, this.array("x"), this.array("weight"));
    this.stepper.element.hidden = !this.model.get("controls").includes("steps");
  }

  movable() {
    const movable = ({ grid: { table, cells }, ids }) => ({
      table,
      cells: cells.numbers.map(({ cell }) => cell),
      shape: cells.shape,
      ids,
    });
    return ["columns", "products"].map((area) =>
      this.shownGrids.filter((record) => record.area === area).map(movable),
    );
  }

  compute(g, key, x, weight) {
    Object.assign(this, { g, key, x, weight }, unfold(g));
    this.entries = Float64Array.from(this.pixels, (pixel) => (pixel < 0 ? 0 : x.data[pixel]));
    this.products = multiply(g, weight.data, this.entries);
    this.drawn = drawnWindows(g);
    const values = Float64Array.from(this.drawn.pixels, (pixel) => (pixel < 0 ? 0 : x.data[pixel]));
    this.drawnValues = { columns: values, products: multiply(this.drawn.g, weight.data, values) };
  }

  // Which grids there are, what each number in them is (`ids`), and the numbers.
  layOut() {
    const { g, x, weight, back, kind, drawn } = this;
    const planned = [];
    const plan = (area, name, role, shape, ids, data, more = {}) =>
      planned.push({
        area,
        name,
        role,
        shape,
        ids,
        data: data && ids.map((id) => data[id]),
        most: data && largest(data),
        ...more,
      });
    const maps = (area, name, role, [N, C, H, W], data, more) => {
      for (const map of range(N * C)) {
        const of = N * C === 1 ? name : `${name}[${Math.floor(map / C)}, ${map % C}]`;
        plan(
          area,
          of,
          role,
          [H, W],
          range(H * W).map((k) => map * H * W + k),
          data,
          { map, ...more },
        );
      }
    };
    const blocks = (area, role, Q) => {
      const { shape, entries } = arrangement(kind, drawn.g, Q);
      const data = this.drawnValues[area];
      for (const [block, own] of entries.entries()) {
        planned.push({
          area,
          name: entries.length === 1 ? area : `${area}[${block}]`,
          role,
          shape,
          ids: stays(drawn, g.L, own),
          data: own.map((entry) => data[entry]),
          most: largest(data),
          size: sizeText(drawn, g.L, shape, kind === "rows" ? 0 : 1),
        });
      }
    };
    const pictures = [g.N, g.C, g.H, g.W];
    maps("input", "input", "input", pictures, x.data, { padding: g.padding, editable: true });
    blocks("columns", "input", g.Q);
    if (back) {
      maps("output", "sums", "output", pictures, null, { padding: g.padding });
      maps("output", "counts", "padding", pictures, null, { padding: g.padding });
    } else {
      const ids = range(g.F * g.Q).map((k) => (kind === "rows" ? (k % g.F) * g.Q + Math.floor(k / g.F) : k));
      plan("filters", "filters", "kernel", kind === "rows" ? [g.Q, g.F] : [g.F, g.Q], ids, weight.data, {
        editable: true,
      });
      blocks("products", "output", g.F);
      maps("output", "output", "output", [g.N, g.F, g.H_out, g.W_out], this.products);
    }
    this.shownGrids = planned.map((one) => {
      const record = Object.assign(this.grid(one.name, one.role, Boolean(one.editable)), one);
      record.grid.layOut(one.shape, one.padding ?? 0, null, one.size);
      if (one.data) record.grid.write(one.data, one.most);
      return record;
    });
    const wide = this.shownGrids
      .filter(({ area }) => area === "columns" || (area === "products" && kind !== "rows"))
      .map(({ grid }) => grid);
    const letters = Math.max(...wide.map((grid) => grid.letters));
    for (const { table } of wide) table.style.setProperty("--letters", letters);
    this.stage.dataset.kind = kind === "rows" ? (g.Q > 9 ? "wide rows" : "rows") : "columns";
    this.stage.classList.toggle("col2im", back);
    for (const [area, element] of Object.entries(this.areas)) {
      const wanted = this.shownGrids.filter((record) => record.area === area).map(({ grid }) => grid.element);
      if (wanted.length !== element.children.length || wanted.some((one, k) => one !== element.children[k]))
        element.replaceChildren(...wanted);
      element.hidden = wanted.length === 0;
    }
    this.look.keep(({ grid, index }) => this.shownGrids.includes(grid) && grid.grid.has(index));
    this.shapes.replaceChildren(...shapesText({ g, kind }).map((text) => h("span", {}, `${text} `)));
  }

  get position() {
    return Math.min(this.model.get("position"), this.g.N * this.g.L - 1);
  }

  // What the reader looks at: pinned, else under the pointer, else focused, else the window of the stepper.
  get shown() {
    const {
      g,
      look: { at },
    } = this;
    if (!at) return { kind: "window", n: Math.floor(this.position / g.L), l: this.position % g.L };
    const { grid: record, index } = at;
    const id = record.ids[index];
    if (id < 0) return this.dropped(record.area === "columns" ? g.Q : g.F, -1 - id);
    if (record.area === "columns") return { kind: "copies", place: this.places[id], entry: id };
    if (record.area === "filters") return { kind: "weight", f: Math.floor(id / g.Q), q: id % g.Q };
    if (record.area === "products" || (record.area === "output" && !this.back)) {
      return { kind: "product", n: Math.floor(id / (g.F * g.L)), f: Math.floor(id / g.L) % g.F, l: id % g.L };
    }
    const spot = record.grid.cells.where(index);
    const [row, column] = [spot.row + g.padding, spot.column + g.padding];
    if (record.area === "input" && this.model.get("point") === "window") {
      const start = (place, count) => Math.min(count - 1, Math.floor(place / g.stride));
      return {
        kind: "window",
        n: Math.floor(record.map / g.C),
        l: start(row, g.H_out) * g.W_out + start(column, g.W_out),
      };
    }
    return { kind: "copies", place: (record.map * g.P_h + row) * g.P_w + column };
  }

  // A window that the stride drops; its pixels light up, and nothing else.
  dropped(rows, entry) {
    const all = this.drawn.g;
    const [n, l] = [Math.floor(entry / (rows * all.L)), entry % all.L];
    const places = Array.from({ length: all.Q }, (_, q) => this.drawn.places[(n * all.Q + q) * all.L + l]);
    return { kind: "dropped", places };
  }

  // The window that the reader looks at, if it is one.
  seen({ kind, n, l, entry }) {
    if (kind === "window" || kind === "product") return n * this.g.L + l;
    return kind === "copies" && entry !== undefined ? windowOf(this.g, entry) : this.position;
  }

  // The lit columns come into view; not under the pointer, which would lose what it points at.
  follow(lit) {
    const { at } = this.look;
    if (at && ["columns", "products"].includes(at.grid.area)) return;
    if (this.kind === "rows") return;
    for (const { area, grid, ids } of this.shownGrids)
      if (area === "columns") bringIntoView(grid, (index) => lit.entries.has(ids[index]));
  }

  draw() {
    const { g, back, shown } = this;
    if (back) {
      const added = addBack(g, this.pixels, this.entries, this.position + 1);
      const most = { sums: largest(added.sums), counts: largest(added.counts) };
      for (const record of this.shownGrids.filter(({ area }) => area === "output")) {
        const name = record.name.replace(/\[.*/, "");
        record.grid.write(
          record.ids.map((id) => added[name][id]),
          most[name],
        );
      }
    }
    const lit = lightUp(g, { places: this.places, copies: this.copies }, shown);
    const { at, pinned } = this.look;
    for (const record of this.shownGrids) {
      const set = { columns: lit.entries, filters: lit.weights }[record.area] ?? lit.products;
      const star = at?.grid === record ? at.index : null;
      const own = record.area === "input" || (back && record.area === "output");
      const base = record.map * g.P_h;
      record.grid.mark((row, column, index) => {
        const on = own
          ? lit.places.has((base + row + g.padding) * g.P_w + column + g.padding)
          : set.has(record.ids[index]);
        const id = record.ids[index];
        const zero = record.area === "columns" && this.isZero(id) ? "padding " : "";
        const gone = index >= 0 && id < 0 ? "dropped " : "";
        return `${zero}${gone}${on ? "lit" : ""}${index === star ? " focus" : ""}`;
      }, this.look.pinnedIn(record));
    }
    this.stepper.show(this.position, g.N * g.L, this.seen(shown));
    const { kind, x, weight, entries: values, products, pixels, copies } = this;
    const state = { g, kind, back, x, weight, values, products, pixels, copies, done: this.position + 1 };
    const { terms, text } = explain(state, shown);
    this.terms.replaceChildren(...terms);
    this.say(text, { pinned, looking: at });
    requestAnimationFrame(() => this.follow(lit));
  }

  isZero(id) {
    return (id < 0 ? this.drawn.pixels[-1 - id] : this.pixels[id]) < 0;
  }
}

export default defineWidget("Im2colExplorer", Im2colExplorer);
