// DigitReader: draw a digit, and see every layer of the book's network read it.
import { bundleOf } from "../shared/bundles.mjs";
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { help, ON_GRIDS } from "../shared/help.mjs";
import { layersOf } from "../shared/network.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { colours, whenTheme } from "./colours.mjs";
import { Detail } from "./detail.mjs";
import { Dots } from "./dots.mjs";
import { Ink } from "./ink.mjs";
import { Layers } from "./layers.mjs";
import { Pad } from "./pad.mjs";
import { originOf, read } from "./reading.mjs";
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
    Object.assign(this, { layers: layersOf(network.layers), labels: digits.labels.data });
    this.ink = new Ink(this, digits.images.data);
    const second = this.layers.findIndex(({ kind }, k) => kind === "conv" && k > 0);
    this.chosen = { k: second, channel: 0, row: 3, column: 3 };
    this.build();
    const parts = [this.pad, this.dots, this.image, this.ten];
    el.append(
      this.tools.element,
      h("div", { class: "cnn-reader" }, ...parts.map(({ element }) => element)),
      this.words.element,
      ...this.rows.elements,
      this.detail.element,
      foot([help([...ADVICE, ...ON_GRIDS])], () => this.reset()),
    );
    this.themes = whenTheme(() => this.update());
  }

  build() {
    const { ink } = this;
    const clear = () => ink.clear();
    this.pad = new Pad({
      draw: (bitmap) => ink.later(bitmap),
      clear,
      hold: (down, told) => this.hold(down, told),
    });
    this.tools = new Tools({
      clear,
      erase: (on) => {
        this.pad.erases = on;
      },
      stretch: (on) => ink.become(ink.all(), on),
      change: (f) => ink.become(f(ink.counted()), false),
      pick: (picture) => ink.pick(picture),
    });
    this.dots = new Dots();
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

  // While the pen is down a screen reader hears nothing; then once what is read.
  hold(down, told) {
    this.words.silent = down;
    if (told) this.words.tell(told);
    if (!down) this.tell();
  }

  choose(place) {
    this.chosen = { row: 0, column: 0, ...place };
    this.lookInto();
  }

  // Another map's window: chosen among the sums.
  show(name, map) {
    if (name !== "sums of the maps" || map === this.from) return;
    this.from = map;
    this.lookInto();
  }

  lookInto() {
    this.draw();
    this.words.tell(this.detail.text);
  }

  // Everything that follows from the state.
  update() {
    const { ink } = this;
    const { data } = this.array("image");
    const { ink: colour, maps } = colours();
    Object.assign(this, read(this.layers, data));
    this.scores = this.outputs[this.outputs.length - 1].data;
    this.pad.show(ink.all(), colour, ink.stretched);
    this.dots.show(ink.counted(), colour);
    this.image.layOut([8, 8]);
    this.image.write(
      data.map((value) => 16 * value),
      16,
    );
    this.rows.show(this.outputs, maps);
    this.ten.show(this.scores, this.probabilities);
    this.tools.show(ink.stretched, this.model.get("picture"));
    this.draw();
    this.tell();
  }

  tell() {
    const picture = this.model.get("picture");
    const label = picture === null ? null : this.labels[picture];
    const text = readAs(this.probabilities, picture, label, this.outputs[0].data.some(Boolean));
    this.say(text, { pinned: false, looking: true });
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
  }

  // Show what a number is made of; returns the window that it came from.
  explain(k, place) {
    const { layers, outputs, from } = this;
    const { channel, row, column } = place;
    const origin = originOf(layers, outputs, k, place);
    const score = k === layers.length - 1;
    const name = score ? "score of" : `${this.rows.nameOf(k)}, map`;
    this.detail.show(`${name} ${channel}${score ? "" : `, row ${row}, column ${column}`}`, origin, from);
    return { channel: origin.weights ? Math.min(from, origin.windows.length - 1) : channel, at: origin.at };
  }

  stop() {
    super.stop();
    this.themes?.disconnect();
  }
}

export default defineWidget("DigitReader", DigitReader);
