// DigitReader: draw a digit, and see every layer of the book's network read it.
import { bundleOf } from "../shared/bundles.mjs";
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_GRIDS } from "../shared/help.mjs";
import { layersOf } from "../shared/network.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { blank, centred, shrunk, spread } from "./bitmaps.mjs";
import { colours, whenTheme } from "./colours.mjs";
import { Detail } from "./detail.mjs";
import { Layers } from "./layers.mjs";
import { bitmapCanvas, Pad, paint } from "./pad.mjs";
import { originOf, read, windowAt } from "./reading.mjs";
import { Ten } from "./ten.mjs";
import { Tools } from "./tools.mjs";
import { ADVICE, readAs } from "./words.mjs";

class DigitReader extends Explorer {
  constructor(context) {
    super(context, ["image", "drawing", "centred", "picture"]);
    this.from = 0; // the map whose window is shown
    this.ready = this.start(context);
  }

  async start({ el, model }) {
    const packed = model.get("_bundles");
    const [network, digits] = await Promise.all(
      ["digit-network", "digits-test"].map((name) => bundleOf(name, packed)),
    );
    Object.assign(this, { layers: layersOf(network.layers), digits });
    const second = this.layers.findIndex(({ kind }, k) => kind === "conv" && k > 0);
    this.chosen = { k: second, channel: 0, row: 3, column: 3 };
    this.build();
    const made = h("div", { class: "cnn-reader-made", "aria-hidden": "true" }, this.made);
    const title = [h("b", {}, "dots"), " ", h("span", { class: "cnn-size" }, "4 \u00d7 4 a block")];
    const dots = h("figure", { class: "cnn-figure" }, h("figcaption", {}, title), made);
    el.append(
      this.tools.element,
      h("div", { class: "cnn-reader" }, this.pad.element, dots, this.image.element, this.ten.element),
      this.words.element,
      ...this.rows.elements,
      this.detail.element,
      foot([help([...ADVICE, ...ON_GRIDS])], () => this.reset()),
    );
    this.themes = whenTheme(() => this.update());
  }

  build() {
    const clear = () => this.drawn(blank(), true);
    this.pad = new Pad({
      draw: (bitmap) => this.later(bitmap),
      clear,
      say: (text) => this.words.show(text),
    });
    this.tools = new Tools({
      clear,
      erase: (on) => {
        this.pad.erases = on;
      },
      stretch: (on) => this.drawn(this.ink(), on),
      change: (f) => this.drawn(f(this.seen()), false),
      pick: (picture) => this.pick(picture),
    });
    this.made = bitmapCanvas();
    this.image = this.grid("image", "input", () => {});
    const last = this.layers.length - 1;
    this.ten = new Ten(
      (name, choose) => this.grid(name, "output", choose),
      (kind, channel) => this.choose({ k: kind === "score" ? last : last + 1, channel }),
    );
    const { outputs } = read(this.layers, new Float64Array(64));
    this.rows = new Layers(this.layers, outputs, (place) => this.choose(place));
    this.detail = new Detail((name, role) => this.grid(name, role, (map) => this.show(name, map)));
  }

  // A grid in which a click, or the focus, chooses a number.
  grid(name, role, choose) {
    const inspect = (index, how) => how === "focus" && index !== null && choose(index);
    return new NumberGrid({
      name,
      role,
      on: { ...this.reactions(name), inspect, release() {}, pin: choose },
    });
  }

  ink() {
    return Uint8Array.from(this.array("drawing").data);
  }

  // The dots that are counted.
  seen() {
    return this.model.get("centred") ? centred(this.ink()) : this.ink();
  }

  // Another state of the drawing, and the image that it gives.
  put(drawing, image, stretched, picture) {
    this.pending = null;
    const sent = (shape, dtype, data) => ({ shape, dtype, data });
    this.take({
      drawing: sent([32, 32], "uint8", drawing),
      image: sent([8, 8], "float64", image),
      centred: stretched,
      picture,
    });
  }

  drawn(ink, stretched) {
    this.put(ink, shrunk(stretched ? centred(ink) : ink), stretched, null);
  }

  // A stroke is shown at once, and read once a frame.
  later(ink) {
    const waiting = this.pending;
    this.pending = ink;
    if (waiting) return;
    requestAnimationFrame(() => this.pending && this.drawn(this.pending, this.model.get("centred")));
  }

  pick(picture) {
    const image = this.digits.images.data.slice(64 * picture, 64 * (picture + 1)).map((count) => count / 16);
    this.put(spread(image), image, false, picture);
  }

  choose(place) {
    this.chosen = { row: 0, column: 0, ...place };
    this.draw();
  }

  // Another map's window: chosen among the sums.
  show(name, map) {
    if (name !== "sums of the maps" || map === this.from) return;
    this.from = map;
    this.draw();
  }

  // Everything that follows from the state.
  update() {
    const { data } = this.array("image");
    const [stretched, picture] = ["centred", "picture"].map((name) => this.model.get(name));
    const { ink, maps } = colours();
    Object.assign(this, read(this.layers, data));
    this.scores = this.outputs[this.outputs.length - 1].data;
    this.pad.show(this.ink(), ink, stretched);
    paint(this.made, this.seen(), ink);
    this.image.layOut([8, 8]);
    this.image.write(
      data.map((value) => 16 * value),
      16,
    );
    this.rows.show(this.outputs, maps);
    this.ten.show(this.scores, this.probabilities);
    this.tools.show(stretched, picture);
    this.draw();
  }

  // What the reader looks at: a number of some layer, and where it came from.
  draw() {
    if (!this.probabilities) return;
    const { k, ...place } = this.chosen;
    const last = this.layers.length - 1;
    const window = k > last ? null : this.explain(k, place);
    if (!window) this.detail.showProbability(place.channel, this.scores, this.probabilities);
    this.rows.mark(this.chosen, window);
    const [top, left, tall, wide] = k === 0 ? window.at : [0, 0, 0, 0];
    this.image.mark((i, j) => (i >= top && i < top + tall && j >= left && j < left + wide ? "lit" : ""));
    this.ten.mark(k >= last ? place.channel : -1, k > last ? place.channel : -1);
    const picture = this.model.get("picture");
    const label = picture === null ? null : this.digits.labels.data[picture];
    const text = readAs(this.probabilities, picture, label, this.outputs[0].data.some(Boolean));
    this.say(text, { pinned: false, looking: true });
  }

  // Show what a number is made of; returns the window that it came from.
  explain(k, place) {
    const { layers, outputs, from } = this;
    const { channel, row, column } = place;
    const origin = originOf(layers, outputs, k, place);
    const score = k === layers.length - 1;
    const name = score ? "score of" : `${this.rows.nameOf(k)}, map`;
    this.detail.show(`${name} ${channel}${score ? "" : `, row ${row}, column ${column}`}`, origin, from);
    return {
      channel: origin.weights ? Math.min(from, origin.windows.length - 1) : channel,
      at: windowAt(layers[k], outputs[layers[k - 1]?.kind === "flatten" ? k - 1 : k], place),
    };
  }

  stop() {
    super.stop();
    this.themes?.disconnect();
  }
}

export default defineWidget("DigitReader", DigitReader);
