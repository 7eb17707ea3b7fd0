// ShapeDetective: stack layers, and see the shape and the cost of each.
import { Address } from "./address.mjs";
import { Choice } from "../shared/choice.mjs";
import { button, h } from "../shared/dom.mjs";
import { LayerEditor } from "./editor.mjs";
import facts from "./layers.json";
import { follow } from "./rules.mjs";
import {
  become,
  bytesText,
  commas,
  MOST_LAYERS,
  NAMES,
  NEW,
  parse,
  readStack,
  shapeText,
  SIDES,
  write,
  writeStack,
} from "./words.mjs";
import { plural } from "../shared/numbers.mjs";
import { StackTable } from "./table.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { Words } from "../shared/words.mjs";

class ShapeDetective {
  constructor({ model, el, set }) {
    Object.assign(this, {
      model,
      el,
      set,
      open: null,
      note: {},
      first: { input_shape: model.get("input_shape"), stack: model.get("stack") },
    });
    this.words = new Words();
    this.address = new Address("detective", model);
    this.presets = new Choice({
      name: "start from",
      options: model.get("presets").map(([name, text]) => [text, name]),
      onInput: (text) => this.load(text),
    });
    this.editor = new LayerEditor({
      change: (name, value) => this.edit({ [name]: value }),
      kind: (kind) => this.edit({ kind }),
      refuse: (text) => this.words.warn(text),
      leave: () => this.leave(),
      close: () => this.close(),
      move: (step) =>
        this.move(this.open, this.open + step, () => (step < 0 ? this.editor.up : this.editor.down)),
      remove: () => this.remove(),
    });
    this.table = new StackTable(
      {
        toggle: (place) => this.toggle(place),
        move: (from, to, part) => this.move(from, to, () => this.table.row(to)[part]),
      },
      this.editor,
    );
    const adds = Object.keys(NEW).map((kind) => button(`+ ${NAMES[kind]}`, () => this.add(kind)));
    this.link = button("copy link", () => this.copyLink());
    this.link.hidden = !this.address.used;
    const foot = h(
      "div",
      { class: "cnn-adds" },
      h("div", { class: "cnn-fields", role: "group", "aria-label": "add a layer" }, adds),
      h(
        "div",
        { class: "cnn-fields" },
        this.link,
        button("reset", () => this.reset()),
      ),
    );
    el.append(
      this.presets.element,
      this.table.element,
      h("p", { class: "cnn-legend" }, facts.legend),
      foot,
      this.words.element,
    );
    this.stopFollowing = this.address.onChange(() => this.readAddress());
    this.readAddress();
  }

  // What the address holds, if it holds a stack for this widget.
  readAddress() {
    const text = this.address.read();
    if (text === undefined || text === writeStack(this.model.get("input_shape"), this.model.get("stack")))
      return;
    const found = readStack(text);
    if (found) this.set(found);
    this.say(
      found
        ? "This stack comes from the address."
        : "The address holds no stack that can be read; this one stays.",
    );
    if (this.layers) this.update();
    const show = () => {
      const namesakes = document.querySelectorAll(`[data-widget="${this.el.dataset.widget}"]`);
      namesakes[this.model.place]?.scrollIntoView();
    };
    if (found && document.readyState !== "complete") addEventListener("load", show, { once: true });
    if (found) setTimeout(show);
  }

  update() {
    const shape = this.model.get("input_shape");
    const stack = this.model.get("stack");
    this.layers = stack.map(parse);
    this.records = follow(this.layers, shape);
    if (this.open > stack.length) this.open = null;
    this.table.show(shape, this.layers, this.records);
    this.table.open(this.open);
    if (this.open !== null) this.editor.show(this.opened(), this.title(this.open), this.open, stack.length);
    const text = writeStack(shape, stack);
    this.presets.show(text);
    this.words.calm();
    this.words.show(`${this.note.about === text ? this.note.text : ""} ${this.summary(shape)}`.trim());
  }

  // Words about the stack as it is now: they go when it changes.
  say(text) {
    this.note = { text, about: writeStack(this.model.get("input_shape"), this.model.get("stack")) };
  }

  // The layer whose settings are shown; the input's sides if it is the input.
  opened() {
    if (this.open) return this.layers[this.open - 1];
    const sides = this.model.get("input_shape");
    return Object.fromEntries(Object.keys(SIDES).map((name, axis) => [name, sides[axis]]));
  }

  title(place) {
    return place ? `layer ${place}, ${NAMES[this.layers[place - 1].kind]}` : "the input";
  }

  summary(shape) {
    const wrong = this.records.findIndex(({ problem }) => problem);
    if (wrong >= 0)
      return `Layer ${wrong + 1}, ${NAMES[this.layers[wrong].kind]}, is impossible. ${this.records[wrong].problem}`;
    const sum = (name) => this.records.reduce((all, record) => all + record[name], 0);
    const last = this.records.at(-1)?.shape ?? shape;
    return (
      `${plural(this.layers.length, "layer")}: ${shapeText(shape)} becomes ${shapeText(last)}. ${commas(sum("parameters"))} parameters, ` +
      `${commas(sum("multiply_adds"))} multiply-adds for one picture, ${bytesText(sum("memory"))} of outputs.`
    );
  }

  // A change by the reader: it goes into the address too.
  change({ input_shape = this.model.get("input_shape"), stack = this.model.get("stack") }, note = "") {
    this.address.write(writeStack(input_shape, stack));
    this.set({ input_shape, stack });
    this.say(note);
    this.update();
  }

  reset() {
    this.open = null;
    this.change(this.first);
    this.address.clear();
  }

  load(text) {
    this.open = null;
    this.change(readStack(text));
  }

  edit(changes) {
    const edited = { ...this.opened(), ...changes };
    if (!this.open) return this.change({ input_shape: Object.keys(SIDES).map((name) => edited[name]) });
    const stack = [...this.model.get("stack")];
    stack[this.open - 1] = write(become(edited));
    return this.change({ stack });
  }

  close() {
    const place = this.open;
    this.toggle(place);
    this.table.row(place).button.focus();
  }

  leave() {
    if (this.open === null || !this.words.warned) return;
    this.editor.restore(this.opened());
    this.update();
  }

  toggle(place) {
    this.open = this.open === place ? null : place;
    this.update();
  }

  add(kind) {
    const stack = [...this.model.get("stack")];
    if (stack.length === MOST_LAYERS) return this.words.warn(`A stack has at most ${MOST_LAYERS} layers.`);
    this.open = (this.open || stack.length) + 1;
    stack.splice(this.open - 1, 0, NEW[kind]);
    return this.change({ stack }, `${NAMES[kind]} is layer ${this.open} of ${stack.length}.`);
  }

  remove() {
    const stack = [...this.model.get("stack")];
    const place = this.open;
    stack.splice(place - 1, 1);
    this.open = null;
    this.change({ stack }, `${NAMES[this.layers[place - 1].kind]} is removed.`);
    this.table.row(Math.min(place, stack.length)).button.focus();
  }

  // `kept()`: what keeps the focus.
  move(from, to, kept) {
    const stack = [...this.model.get("stack")];
    if (to < 1 || to > stack.length) return;
    const { kind } = this.layers[from - 1];
    stack.splice(to - 1, 0, ...stack.splice(from - 1, 1));
    if (this.open === from) this.open = to;
    else if (this.open) this.open += (from < this.open) * -1 + (to <= this.open - (from < this.open)) * 1;
    this.change({ stack }, `${NAMES[kind]} is now layer ${to} of ${stack.length}.`);
    kept().focus();
  }

  async copyLink() {
    this.address.write(writeStack(this.model.get("input_shape"), this.model.get("stack")));
    try {
      await navigator.clipboard.writeText(location.href);
      this.words.show("The link to this stack is copied.");
    } catch {
      this.words.show("The address of this page is now a link to this stack: copy it from the address bar.");
    }
  }

  stop() {
    this.stopFollowing();
  }
}

export default defineWidget("ShapeDetective", ShapeDetective);
