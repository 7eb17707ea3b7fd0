// KernelExplorer: a photograph, a kernel, the result; and any window of it as numbers.
import { encode, withValue } from "../shared/arrays.mjs";
import { Choice } from "../shared/choice.mjs";
import { button, h, setText } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { filter, level, rangeOf, toImageData, tone } from "../shared/filter.mjs";
import { proseText } from "../shared/numbers.mjs";
import { PictureView } from "../shared/picture_view.mjs";
import { greyOf, pictureFromFile, pictureOf } from "../shared/pictures.mjs";
import { Pointing } from "../shared/pointing.mjs";
import { Switch } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { WindowView } from "./window.mjs";

const STATE = ["kernel", "flip", "colour", "view", "row", "column"];
const CHANNELS = ["red", "green", "blue"];
const VIEWS = [
  ["signed", "signed, around grey"],
  ["absolute", "absolute"],
  ["clamped", "clamped"],
];

class KernelExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    Object.assign(this, { channel: 0, own: null });
    this.pointing = new Pointing({
      at: () => this.values("row", "column"),
      size: () => this.result.shape,
      go: (place) => this.take(place),
      hold: (pinned) => {
        this.pointing.pinned = pinned;
        this.draw();
      },
    });
    const centred = (row, column) => {
      const [K_h, K_w] = this.kernel.shape;
      return { row: row - ((K_h - 1) >> 1), column: column - ((K_w - 1) >> 1) };
    };
    const onInput = this.pointing.reactions(centred);
    const onOutput = this.pointing.reactions((row, column) => ({ row, column }));
    this.pictures = {
      input: new PictureView({ name: "input", role: "input", focusable: true, on: onInput }),
      output: new PictureView({ name: "output", role: "output", focusable: false, on: onOutput }),
    };
    this.window = new WindowView((name) =>
      this.reactions(name, (index, value) => {
        this.set({ kernel: encode(withValue(this.kernel, index, value)) });
      }),
    );
    this.legend = h("p", { class: "cnn-legend" });
    this.buildControls();
    context.el.append(
      this.presets.element,
      h("div", { class: "cnn-pictures" }, this.pictures.input.element, this.pictures.output.element),
      h("div", { class: "cnn-legend-row" }, this.view.element, this.legend),
      this.numbersOf.element,
      this.window.element,
      this.words.element,
      h("div", { class: "cnn-row" }, this.size.element, this.colour.element, this.flip.element),
      h(
        "div",
        { class: "cnn-row" },
        h("div", { class: "cnn-row" }, this.upload, this.back),
        button("reset", () => this.reset()),
      ),
    );
    this.ready = this.takePicture();
  }

  letGo() {
    super.letGo();
    Object.assign(this.pointing, { pinned: false, target: null });
  }

  release() {
    this.letGo();
    this.draw();
  }

  buildControls() {
    const { model } = this;
    const names = model.get("presets").map(({ name }) => name);
    this.presets = new Choice({
      name: "kernel",
      options: [...names, "random"].map((name) => [name, name]),
      onInput: (name) => this.preset(name),
    });
    this.size = new Choice({
      name: "kernel size",
      options: [
        [3, "3 \u00d7 3"],
        [5, "5 \u00d7 5"],
      ],
      onInput: (size) => this.resize(size),
    });
    this.view = new Choice({ name: "shown", options: VIEWS, onInput: (view) => this.set({ view }) });
    this.numbersOf = new Choice({
      name: "numbers of",
      options: CHANNELS.map((name, c) => [c, name]),
      onInput: (channel) => {
        this.channel = channel;
        this.show();
      },
    });
    this.flip = new Switch({
      name: "true convolution (flip the kernel)",
      onInput: (flip) => this.set({ flip }),
    });
    this.colour = new Switch({ name: "colour", onInput: (colour) => this.set({ colour }) });
    const file = h("input", {
      type: "file",
      accept: "image/*",
      class: "cnn-unseen",
      onchange: () => this.load(file.files[0]),
    });
    this.upload = h("label", { class: "cnn-button" }, "your own picture", file);
    this.back = h(
      "button",
      { type: "button", class: "cnn-button", hidden: true, onclick: () => this.load(null) },
      "the first picture",
    );
  }

  async takePicture() {
    const image = this.model.get("image");
    const picture = this.own ?? (await pictureOf(image, this.model.get("_pictures")));
    this.seen = image;
    Object.assign(this, { picture, grey: greyOf(picture), key: null });
  }

  // A picture of the reader's own, or null for the first one again.
  async load(file) {
    try {
      this.own = file ? await pictureFromFile(file) : null;
      this.words.calm();
    } catch {
      this.words.warn(`${file.name} is not a picture that this browser can read.`);
      return;
    }
    await this.takePicture();
    this.back.hidden = !this.own;
    const [K_h, K_w] = this.kernel.shape;
    const [H, W] = this.picture.shape;
    if (H < K_h || W < K_w) {
      this.words.warn(`${file.name} is smaller than the kernel.`);
      this.own = null;
      await this.takePicture();
    }
    this.update();
    if (this.own) this.words.show(`Your picture, ${H} by ${W} pixels. It stays in this browser.`);
  }

  preset(name) {
    const size = this.kernel.shape[0] === 5 && this.kernel.shape[1] === 5 ? 5 : 3;
    if (name === "random") {
      const data = Float64Array.from({ length: size * size }, () => Math.round(20 * Math.random() - 10) / 10);
      this.setKernel({ dtype: "float64", shape: [size, size], data }, "signed");
      return;
    }
    const rows = this.presetRows(name, size);
    this.setKernel(arrayOf(rows), sumOf(rows) === 0 ? "signed" : "clamped");
  }

  setKernel(kernel, view = this.model.get("view")) {
    const [H, W] = this.picture.shape;
    const [K_h, K_w] = kernel.shape;
    if (K_h > H || K_w > W) {
      this.refuse(`the kernel would be ${K_h} by ${K_w}, and the picture has ${H} by ${W} pixels.`);
      this.show();
      return;
    }
    const row = Math.min(this.model.get("row"), H - K_h);
    const column = Math.min(this.model.get("column"), W - K_w);
    this.take({ kernel, view, row, column });
  }

  resize(size) {
    const name = this.presetName();
    if (name) this.setKernel(arrayOf(this.presetRows(name, size)));
    else {
      const data = new Float64Array(size * size);
      const [K_h, K_w] = this.kernel.shape;
      const [down, right] = [(size - K_h) >> 1, (size - K_w) >> 1];
      this.kernel.data.forEach((value, index) => {
        const [row, column] = [Math.floor(index / K_w) + down, (index % K_w) + right];
        if (row >= 0 && row < size && column >= 0 && column < size) data[row * size + column] = value;
      });
      this.setKernel({ ...this.kernel, shape: [size, size], data });
    }
  }

  // The name of the preset that the kernel is, if it is one.
  presetName() {
    const [K_h, K_w] = this.kernel.shape;
    const same = (rows) =>
      rows && K_h === K_w && rows.flat().every((value, index) => value === this.kernel.data[index]);
    return this.model.get("presets").find((preset) => same(preset[K_h]))?.name ?? null;
  }

  presetRows(name, size) {
    return this.model.get("presets").find((preset) => preset.name === name)[size];
  }

  update() {
    const { model } = this;
    if (this.seen !== model.get("image")) {
      this.own = null;
      this.takePicture().then(() => this.update());
      return;
    }
    this.kernel = this.array("kernel");
    const colour = model.get("colour") && this.picture.planes.length === 3;
    this.source = colour ? this.picture : this.grey;
    const applied = model.get("flip") ? this.kernel.data.slice().reverse() : this.kernel.data;
    const key = `${this.kernel.shape}|${applied.join()}|${colour}`;
    if (this.key !== key) {
      this.key = key;
      this.applied = applied;
      this.result = filter(this.source, applied, this.kernel.shape);
      this.range = rangeOf(this.result.planes);
      this.drawn = null;
      if (this.drawnInput !== this.source) {
        this.drawnInput = this.source;
        this.pictures.input.draw(toImageData(this.source, tone("clamped", this.range, this.source.white)));
      }
    }
    if (this.drawn !== model.get("view")) {
      this.drawn = model.get("view");
      this.tone = tone(this.drawn, this.range, this.source.white);
      this.pictures.output.draw(toImageData(this.result, this.tone));
    }
    if (this.channel >= this.source.planes.length) this.channel = 0;
    this.show();
  }

  show() {
    const { model } = this;
    const wanted = new Set(model.get("controls"));
    const inColour = this.source.planes.length === 3;
    this.presets.element.hidden = !wanted.has("presets");
    this.presets.show(this.presetName());
    this.size.element.hidden = !wanted.has("size");
    this.size.show(this.kernel.shape[0] === this.kernel.shape[1] ? this.kernel.shape[0] : null);
    this.view.element.hidden = !wanted.has("view");
    this.view.show(model.get("view"));
    this.flip.element.hidden = !wanted.has("flip");
    this.flip.show(model.get("flip"));
    this.colour.element.hidden = !wanted.has("colour") || this.picture.planes.length === 1;
    this.colour.show(model.get("colour"));
    this.numbersOf.element.hidden = !inColour;
    this.numbersOf.show(this.channel);
    this.upload.hidden = !wanted.has("upload");
    this.showLegend();
    this.draw();
  }

  showLegend() {
    const { low, high } = this.range;
    const { white } = this.source;
    const most = white > 1 ? Math.round(this.range.most || white) : this.range.most || white;
    const meaning = {
      signed: `Black is ${proseText(-most)} or less, grey is 0, white is ${proseText(most)} or more.`,
      absolute: `Black is 0; white is ${proseText(most)} or more, with either sign.`,
      clamped: `Black is 0 or less, white is ${proseText(white)} or more.`,
    }[this.model.get("view")];
    setText(this.legend, `The output runs from ${proseText(low)} to ${proseText(high)}. ${meaning}`);
  }

  // The window that the reader looks at, as numbers.
  draw() {
    if (!this.result) return;
    const { result, model } = this;
    const [H_out, W_out] = result.shape;
    const row = Math.min(model.get("row"), H_out - 1);
    const column = Math.min(model.get("column"), W_out - 1);
    const sums = result.planes.map((plane) => plane[row * W_out + column]);
    const {
      channel,
      source,
      kernel,
      applied,
      look,
      pointing: { pinned },
      tone: shades,
    } = this;
    this.pictures.input.place(row, column, ...kernel.shape, pinned);
    this.pictures.output.place(row, column, 1, 1, pinned);
    const levels = sums.map((value) => level(shades, value));
    const flip = model.get("flip");
    const product = this.window.show({
      row,
      column,
      channel,
      source,
      kernel,
      applied,
      flip,
      sums,
      levels,
      look,
    });
    const coloured = () => sums.map((value, c) => `${CHANNELS[c]} ${proseText(value)}`).join(", ");
    const what = sums.length === 1 ? proseText(sums[0]) : coloured();
    const text = `output[${row}, ${column}] is ${what}: the sum of the ${kernel.data.length} products.${product}`;
    this.say(text, { pinned, looking: false });
  }
}

const sumOf = (rows) => Math.round(1e9 * rows.flat().reduce((sum, value) => sum + value, 0)) / 1e9;

function arrayOf(rows) {
  const data = Float64Array.from(rows.flat());
  return {
    dtype: data.every(Number.isInteger) ? "int64" : "float64",
    shape: [rows.length, rows[0].length],
    data,
  };
}

export default defineWidget("KernelExplorer", KernelExplorer);
