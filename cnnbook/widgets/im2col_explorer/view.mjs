// Im2colExplorer: a picture, its windows as columns, and the product that is a convolution; and the way back.
import { decode, encode, largest, withValue } from "../shared/arrays.mjs";
import { addBack, arrangement, geometry, lightUp, multiply, refusal, unfold } from "./columns.mjs";
import { explain, shapesText } from "./words.mjs";
import { h } from "../shared/dom.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { Im2colSettings } from "./settings.mjs";
import { fly } from "./moving.mjs";
import { Stepper } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { Words } from "../shared/words.mjs";

const STATE = ["x", "weight", "stride", "padding", "dilation", "arrangement", "direction", "position", "point"];
const AREAS = ["input", "filters", "columns", "products", "output"];
const range = (count) => Array.from({ length: count }, (_, k) => k);

class Im2colExplorer {
  constructor({ model, el, set }) {
    Object.assign(this, { model, el, set, seen: {}, grids: new Map(), shownGrids: [], pinned: null, hovered: null, focused: null });
    this.first = Object.fromEntries(STATE.map((name) => [name, model.get(name)]));
    this.words = new Words();
    this.areas = Object.fromEntries(AREAS.map((area) => [area, h("div", { class: `cnn-${area}-area` })]));
    this.stage = h("div", { class: "cnn-im2col" }, Object.values(this.areas));
    this.stepper = new Stepper({
      words: this.words,
      onMove: (position) => {
        this.pinned = null;
        this.set({ position });
      },
    });
    this.terms = h("div", { class: "cnn-terms" });
    this.shapes = h("p", { class: "cnn-shapes" });
    this.settings = new Im2colSettings({ propose: (changes) => this.propose(changes), reset: () => this.reset() });
    el.append(this.settings.choices, this.stage, this.stepper.element, this.terms, this.words.element, this.shapes, this.settings.element);
  }

  // A grid by its name: made once, kept for when it is needed again.
  grid(name, role, editable) {
    if (!this.grids.has(name)) {
      const record = { name };
      record.grid = new NumberGrid({ name, role, editable, on: this.reactions(record) });
      const scroller = record.grid.table.parentElement;
      scroller.addEventListener("scroll", () => this.scrollTogether(record, scroller.scrollLeft), { passive: true });
      this.grids.set(name, record);
    }
    return this.grids.get(name);
  }

  reactions(record) {
    const look = (key, index) => {
      this[key] = index === null ? null : { record, index };
      if (key === "focused" && index !== null) this.hovered = null;
      this.draw();
    };
    return {
      inspect: (index, how) => look(how === "hover" ? "hovered" : "focused", index),
      pin: (index) => {
        this.stepper.stop();
        look("pinned", index);
      },
      release: () => look("pinned", null),
      edit: (index, value) => {
        const [trait, at] = record.area === "filters" ? ["weight", record.ids[index]] : ["x", record.ids[index]];
        this.propose({ [trait]: withValue(this[trait], at, value) });
      },
      say: (text) => this.words.warn(text),
    };
  }

  // A column stays above what it becomes.
  scrollTogether(record, left) {
    if (this.kind === "rows") return;
    for (const other of this.shownGrids) {
      const scroller = other.grid.table.parentElement;
      if (other !== record && ["columns", "products"].includes(other.area) && scroller.scrollLeft !== left) scroller.scrollLeft = left;
    }
  }

  // A change by the reader: taken, or refused with the reason.
  propose(changes) {
    const next = { x: this.x, weight: this.weight, stride: this.g.stride, padding: this.g.padding, dilation: this.g.dilation, ...changes };
    const g = geometry(next.x, next.weight, next);
    const reason = refusal(g);
    if (reason) {
      this.settings.show(this.model, this);
      this.words.warn(`Not possible: ${reason}`);
      return;
    }
    this.words.calm();
    this.pinned = null;
    const state = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value?.data ? encode(value) : value]));
    if (this.model.get("position") >= g.N * g.L) state.position = g.N * g.L - 1;
    this.set(state);
  }

  reset() {
    this.stepper.stop();
    this.pinned = null;
    this.words.calm();
    this.set(this.first);
  }

  // Everything that follows from the state.
  update() {
    const { model } = this;
    for (const trait of ["x", "weight"]) {
      if (this.seen[trait] !== model.get(trait)) {
        this.seen[trait] = model.get(trait);
        this[trait] = decode(model.get(trait));
      }
    }
    const g = geometry(this.x, this.weight, { stride: model.get("stride"), padding: model.get("padding"), dilation: model.get("dilation") });
    const [kind, back] = [model.get("arrangement"), model.get("direction") === "col2im"];
    const [setting, order] = [JSON.stringify(g), `${kind}, ${back}`];
    const computed = [this.x, this.weight, setting];
    const changed = computed.some((part, k) => part !== this.computed?.[k]);
    const moved = this.order !== undefined && kind !== this.kind && !changed && back === this.back;
    if (changed) this.compute(g, computed);
    if (changed || order !== this.order) {
      Object.assign(this, { kind, back, order, pinned: null, hovered: null });
      if (moved) fly(this.el, () => this.movable(), () => this.layOut());
      else this.layOut();
    }
    this.settings.show(model, this);
    this.draw();
  }

  movable() {
    return ["columns", "products"].map((area) => this.shownGrids.filter((record) => record.area === area).map(({ grid: { table, cells, shape }, ids }) => ({ table, cells, shape, ids })));
  }

  compute(g, computed) {
    Object.assign(this, { g, computed }, unfold(g));
    this.values = Float64Array.from(this.pixels, (pixel) => (pixel < 0 ? 0 : this.x.data[pixel]));
    this.products = multiply(g, this.weight.data, this.values);
  }

  // Which grids there are, what each number in them is (`ids`), and the numbers.
  layOut() {
    const { g, x, weight, back, kind, pixels } = this;
    const tint = (pixel) => (pixel < 0 ? 0 : (pixel + 1) / x.data.length);
    const planned = [];
    const plan = (area, name, role, shape, ids, data, more = {}) => planned.push({ area, name, role, shape, ids, data: data && ids.map((id) => data[id]), most: data && largest(data), ...more });
    const maps = (area, name, role, [N, C, H, W], data, more) => {
      for (const map of range(N * C)) {
        const of = N * C === 1 ? name : `${name}[${Math.floor(map / C)}, ${map % C}]`;
        plan(area, of, role, [H, W], range(H * W).map((k) => map * H * W + k), data, { map, ...more });
      }
    };
    const blocks = (area, role, R, data, most) => {
      const { shape, entries } = arrangement(kind, g, R);
      for (const [block, ids] of entries.entries()) plan(area, entries.length === 1 ? area : `${area}[${block}]`, role, shape, ids, data, most && { most: (index) => most(ids[index]) });
    };
    const pictures = [g.N, g.C, g.H, g.W];
    maps("input", "input", "input", pictures, x.data, { padding: g.padding, most: null, editable: true });
    for (const one of planned) one.most = (index) => tint(one.ids[index]);
    blocks("columns", "input", g.R, this.values, (entry) => tint(pixels[entry]));
    if (back) {
      maps("output", "sums", "output", pictures, null, { padding: g.padding });
      maps("output", "counts", "padding", pictures, null, { padding: g.padding });
    } else {
      const ids = range(g.F * g.R).map((k) => (kind === "rows" ? (k % g.F) * g.R + Math.floor(k / g.F) : k));
      plan("filters", "filters", "kernel", kind === "rows" ? [g.R, g.F] : [g.F, g.R], ids, weight.data, { editable: true });
      blocks("products", "output", g.F, this.products);
      maps("output", "output", "output", [g.N, g.F, g.H_out, g.W_out], this.products);
    }
    this.shownGrids = planned.map((one) => {
      const record = Object.assign(this.grid(one.name, one.role, Boolean(one.editable)), one);
      record.grid.layOut(one.shape, one.padding ?? 0);
      if (one.data) record.grid.write(one.data, one.most);
      return record;
    });
    const wide = this.shownGrids.filter(({ area }) => area === "columns" || (area === "products" && kind !== "rows")).map(({ grid }) => grid);
    const letters = Math.max(...wide.map((grid) => grid.letters));
    for (const { table } of wide) table.style.setProperty("--letters", letters);
    this.stage.dataset.kind = kind === "rows" ? (g.R > 9 ? "wide rows" : "rows") : "columns";
    this.stage.classList.toggle("col2im", back);
    for (const [area, element] of Object.entries(this.areas)) {
      const wanted = this.shownGrids.filter((record) => record.area === area).map(({ grid }) => grid.element);
      if (wanted.length !== element.children.length || wanted.some((one, k) => one !== element.children[k])) element.replaceChildren(...wanted);
      element.hidden = wanted.length === 0;
    }
    if (this.focused && !(this.shownGrids.includes(this.focused.record) && this.focused.index < this.focused.record.ids.length)) this.focused = null;
    this.shapes.replaceChildren(...shapesText(this).map((text) => h("span", {}, `${text} `)));
  }

  get position() {
    return Math.min(this.model.get("position"), this.g.N * this.g.L - 1);
  }

  // What the reader looks at: pinned, else under the pointer, else focused, else the window of the stepper.
  get shown() {
    const place = this.pinned ?? this.hovered ?? this.focused;
    const { g } = this;
    if (!place) return { kind: "window", n: Math.floor(this.position / g.L), l: this.position % g.L };
    const { record, index } = place;
    const id = record.ids[index];
    if (record.area === "columns") return { kind: "copies", place: this.places[id], entry: id };
    if (record.area === "filters") return { kind: "weight", f: Math.floor(id / g.R), r: id % g.R };
    if (record.area === "products" || (record.area === "output" && !this.back)) {
      return { kind: "product", n: Math.floor(id / (g.F * g.L)), f: Math.floor(id / g.L) % g.F, l: id % g.L };
    }
    const [row, column] = [Math.floor(index / g.W) + g.padding, (index % g.W) + g.padding];
    if (record.area === "input" && this.model.get("point") === "window") {
      const start = (at, count) => Math.min(count - 1, Math.floor(at / g.stride));
      return { kind: "window", n: Math.floor(record.map / g.C), l: start(row, g.H_out) * g.W_out + start(column, g.W_out) };
    }
    return { kind: "copies", place: (record.map * g.P_h + row) * g.P_w + column };
  }

  draw() {
    const { g, back, shown } = this;
    if (back) {
      const added = addBack(g, this, this.values, this.position + 1);
      const most = { sums: largest(added.sums), counts: largest(added.counts) };
      for (const record of this.shownGrids.filter(({ area }) => area === "output")) {
        const name = record.name.replace(/\[.*/, "");
        record.grid.write(record.ids.map((id) => added[name][id]), most[name]);
      }
    }
    const lit = lightUp(g, this, shown);
    const at = this.pinned ?? this.hovered ?? this.focused;
    for (const record of this.shownGrids) {
      const set = { columns: lit.entries, filters: lit.weights }[record.area] ?? lit.products;
      const star = at?.record === record ? at.index : null;
      const own = record.area === "input" || (back && record.area === "output");
      const base = record.map * g.P_h;
      record.grid.mark((row, column, index) => {
        const on = own ? lit.places.has((base + row + g.padding) * g.P_w + column + g.padding) : set.has(record.ids[index]);
        const zero = record.area === "columns" && this.pixels[record.ids[index]] < 0 ? "padding " : "";
        return `${zero}${on ? "lit" : ""}${index >= 0 && index === star ? " focus" : ""}`;
      }, this.pinned?.record === record ? this.pinned.index : null);
    }
    this.stepper.element.hidden = !this.model.get("controls").includes("steps");
    this.stepper.show(this.position, g.N * g.L);
    const { terms, text } = explain({ ...this, done: this.position + 1 }, shown);
    this.terms.replaceChildren(...terms);
    if (!this.words.warned || at) {
      this.words.calm();
      this.words.show(text + (this.pinned ? " Pinned: Escape lets go." : ""));
    }
  }

  stop() {
    this.stepper.stop();
  }
}

export default defineWidget("Im2colExplorer", Im2colExplorer);
