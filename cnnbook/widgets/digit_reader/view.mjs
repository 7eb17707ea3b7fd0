// DigitReader: draw a digit, and see every layer of the book's network read it.
import { largest } from "../shared/arrays.mjs";
import { bundleOf } from "../shared/bundles.mjs";
import { button, h, setText } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_GRIDS } from "../shared/help.mjs";
import { layersOf } from "../shared/network.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { blank, centred, moved, shrunk, spread, thickened, thinned, turned } from "./bitmaps.mjs";
import { Detail } from "./detail.mjs";
import { Maps } from "./maps.mjs";
import { bitmapCanvas, Pad, paint } from "./pad.mjs";
import { originOf, read, windowAt } from "./reading.mjs";
import { readAs } from "./words.mjs";

const NAMES = { conv: "convolution", relu: "ReLU", tanh: "tanh", maxpool: "max pooling" };
const BUTTONS = {
  "\u2190": [(ink) => moved(ink, 0, -1), "move left"],
  "\u2192": [(ink) => moved(ink, 0, 1), "move right"],
  "\u2191": [(ink) => moved(ink, -1, 0), "move up"],
  "\u2193": [(ink) => moved(ink, 1, 0), "move down"],
  thin: [thinned],
  thicken: [thickened],
  "upside down": [turned],
};
const ADVICE = [
  {
    keys:
      "Draw with the mouse; or Tab to the drawing, move the pen with the arrow keys " +
      "(Shift: four dots), and put it " +
      "down or lift it with Space. Delete clears.",
    finger: "Draw with a finger.",
  },
  {
    keys:
      "Click any dot of a map, or Tab to it and use the arrow keys (Page Down: the " +
      "next map): below stands where it came from.",
    finger: "Tap any dot of a map: below stands where it came from.",
  },
];

const THEMES = ["data-theme", "data-jp-theme-light", "class"];

class DigitReader extends Explorer {
  constructor(context) {
    super(context, ["image", "drawing", "centred", "picture"]);
    this.chosen = { k: null, channel: 0, row: 0, column: 0 };
    this.from = 0;
    this.ready = this.start(context);
  }

  async start({ el, model }) {
    const packed = model.get("_bundles");
    const [network, digits] = await Promise.all(
      ["digit-network", "digits-test"].map((name) => bundleOf(name, packed)),
    );
    Object.assign(this, { layers: layersOf(network.layers), digits });
    this.pad = new Pad({
      draw: (bitmap) => this.later(bitmap),
      clear: () => this.clear(),
      say: (text) => this.words.show(text),
    });
    this.made = bitmapCanvas();
    const grid = (name, role, choose) => {
      const on = { ...this.reactions(name), inspect() {}, release() {}, pin: choose };
      on.inspect = (index, how) => how === "focus" && index !== null && choose(index);
      return new NumberGrid({ name, role, on });
    };
    this.image = grid("image", "input", () => {});
    const last = this.layers.length - 1;
    this.scores = grid("scores", "output", (channel) => this.choose({ k: last, channel }));
    this.probabilities = grid("probabilities", "output", (channel) => this.choose({ k: last + 1, channel }));
    this.bars = Array.from({ length: 10 }, () => h("i", {}));
    this.detail = new Detail({
      reactions: (name) => ({ ...this.reactions(name), inspect() {}, pin() {}, release() {} }),
      choose: (map) => {
        if (map === this.from) return;
        this.from = map;
        this.draw();
      },
    });
    const { outputs } = read(this.layers, new Float64Array(64));
    this.maps = this.layers.map(({ kind }, k) => {
      if (!NAMES[kind]) return null;
      const { shape } = outputs[k + 1];
      return new Maps(this.nameOf(k), shape.slice(1), (place) => this.choose({ k, ...place }));
    });
    this.chosen.k = this.layers.findIndex(({ kind }, k) => kind === "conv" && k > 0);
    Object.assign(this.chosen, { channel: 0, row: 3, column: 3 });
    el.append(...this.parts());
    this.themes = new MutationObserver(() => this.update());
    for (const host of [document.documentElement, document.body])
      this.themes.observe(host, { attributeFilter: THEMES });
  }

  nameOf(k) {
    const { kind } = this.layers[k];
    const all = this.layers.filter((layer) => layer.kind === kind);
    const number = this.layers.slice(0, k + 1).filter((layer) => layer.kind === kind).length;
    return all.length > 1 ? `${NAMES[kind]} ${number}` : NAMES[kind];
  }

  parts() {
    const change = (f) => () => {
      this.words.calm();
      this.drawn(f(this.seen()), false);
    };
    const tools = Object.entries(BUTTONS).map(([name, [f, label]]) => {
      const one = button(name, change(f));
      if (label) one.setAttribute("aria-label", label);
      return one;
    });
    this.eraser = new Switch({
      name: "erase",
      onInput: (on) => {
        this.pad.erases = on;
      },
    });
    this.stretch = new Switch({
      name: "centre and stretch",
      onInput: (on) => this.drawn(this.ink(), on),
    });
    this.slider = new Slider({
      name: "held-out picture",
      min: 0,
      max: 359,
      onInput: (picture) => this.pick(picture),
    });
    this.slider.shown.style.minWidth = "2.5em";
    const made = h(
      "figure",
      { class: "cnn-figure" },
      h("figcaption", {}, h("b", {}, "dots"), " ", h("span", { class: "cnn-size" }, "4 \u00d7 4 a block")),
      h("div", { class: "cnn-made", "aria-hidden": "true" }, this.made),
    );
    const names = h(
      "div",
      { class: "cnn-reader-bars", "aria-hidden": "true" },
      this.bars.map((bar, digit) => h("div", {}, h("b", {}, String(digit)), h("span", {}, bar))),
    );
    const ten = h("div", { class: "cnn-reader-ten" }, this.scores.element, names, this.probabilities.element);
    const stage = h("div", { class: "cnn-reader" }, this.pad.element, made, this.image.element, ten);
    const pens = h(
      "div",
      { class: "cnn-reader-tools" },
      button("clear", () => this.clear()),
      this.eraser.element,
    );
    pens.append(this.stretch.element);
    const ways = h("div", { class: "cnn-reader-tools" }, tools);
    const maps = this.maps.filter(Boolean).map(({ element }) => element);
    const last = foot([help([...ADVICE, ...ON_GRIDS])], () => this.reset());
    return [pens, stage, this.words.element, ways, this.slider.element, ...maps, this.detail.element, last];
  }

  ink() {
    return Uint8Array.from(this.array("drawing").data);
  }

  // The dots that are counted.
  seen() {
    return this.model.get("centred") ? centred(this.ink()) : this.ink();
  }

  // Another drawing: what the network sees follows.
  drawn(ink, stretched) {
    const sent = (shape, dtype, data) => ({ shape, dtype, data });
    this.pending = null;
    this.take({
      drawing: sent([32, 32], "uint8", ink),
      image: sent([8, 8], "float64", shrunk(stretched ? centred(ink) : ink)),
      centred: stretched,
      picture: null,
    });
  }

  // A stroke is shown at once, and read once a frame.
  later(ink) {
    const waiting = this.pending;
    this.pending = ink;
    if (waiting) return;
    requestAnimationFrame(() => this.pending && this.drawn(this.pending, this.model.get("centred")));
  }

  clear() {
    this.drawn(blank(), true);
  }

  pick(picture) {
    const image = this.digits.images.data.slice(64 * picture, 64 * (picture + 1)).map((count) => count / 16);
    this.take({
      picture,
      centred: false,
      image: { shape: [8, 8], dtype: "float64", data: image },
      drawing: { shape: [32, 32], dtype: "uint8", data: spread(image) },
    });
  }

  choose(place) {
    this.chosen = { row: 0, column: 0, ...place };
    this.draw();
  }

  // The host's colours: they stand on its body, and this view may not stand on the page yet.
  colours() {
    const style = getComputedStyle(document.body);
    const of = (name) => {
      const number = parseInt(style.getPropertyValue(name).trim().slice(1), 16);
      return [number >> 16, (number >> 8) & 255, number & 255];
    };
    return { ink: of("--cnn-text"), maps: [of("--cnn-output"), of("--cnn-negative")] };
  }

  // Everything that follows from the state.
  update() {
    const { data } = this.array("image");
    const colours = this.colours();
    const stretched = this.model.get("centred");
    const { outputs, probabilities: p } = read(this.layers, data);
    Object.assign(this, { outputs, p, x: data });
    this.pad.show(this.ink(), colours.ink, stretched);
    paint(this.made, this.seen(), colours.ink);
    this.image.layOut([8, 8]);
    this.image.write(
      data.map((value) => Math.round(16 * value)),
      16,
    );
    for (const [k, maps] of this.maps.entries()) {
      const output = this.outputs[k + 1];
      maps?.show(output, largest(output.data), colours.maps);
    }
    const scores = this.outputs[this.outputs.length - 1].data;
    this.scores.layOut([10, 1]);
    this.scores.write(scores, largest(scores), null, 6);
    this.probabilities.layOut([10, 1]);
    this.probabilities.write(p, 1, null, 4);
    for (const [digit, bar] of this.bars.entries()) bar.style.transform = `scaleX(${p[digit]})`;
    this.stretch.show(stretched);
    const picture = this.model.get("picture");
    this.slider.show(picture ?? this.slider.input.valueAsNumber);
    setText(this.slider.shown, String(picture ?? "\u2013"));
    this.draw();
  }

  // What the reader looks at: a number of some layer, and where it came from.
  draw() {
    if (!this.p) return;
    const { k, channel, row, column } = this.chosen;
    const scores = this.outputs[this.outputs.length - 1].data;
    const last = this.layers.length - 1;
    let window = null;
    if (k > last) this.detail.showProbability(`probability of ${channel}`, channel, scores, this.p);
    else {
      const origin = originOf(this.layers, this.outputs, k, { channel, row, column });
      const name =
        k === last
          ? `score of ${channel}`
          : `${this.nameOf(k)}, map ${channel}, row ${row}, column ${column}`;
      this.detail.show(name, origin, this.from);
      const input = this.outputs[this.layers[k - 1]?.kind === "flatten" ? k - 1 : k];
      const from = origin.weights ? Math.min(this.from, origin.windows.length - 1) : channel;
      window = { channel: from, at: windowAt(this.layers[k], input, { row, column }) };
    }
    const before = this.layers[k - 1]?.kind === "flatten" ? k - 2 : k - 1;
    for (const [index, maps] of this.maps.entries())
      maps?.mark(index === k ? { channel, row, column } : null, index === before ? window : null);
    const inside = (i, j) => {
      const [top, left, tall, wide] = window.at;
      return i >= top && i < top + tall && j >= left && j < left + wide;
    };
    this.image.mark((i, j) => (k === 0 && inside(i, j) ? "lit" : ""));
    this.scores.mark((i) => (i === channel && k >= last ? "lit" : ""));
    this.probabilities.mark((i) => (i === channel && k > last ? "lit" : ""));
    this.speak();
  }

  stop() {
    super.stop();
    this.themes?.disconnect();
  }

  speak() {
    const picture = this.model.get("picture");
    const label = picture === null ? null : this.digits.labels.data[picture];
    this.say(readAs(this.p, picture, label, this.x.some(Boolean)), { pinned: false, looking: true });
  }
}

export default defineWidget("DigitReader", DigitReader);
