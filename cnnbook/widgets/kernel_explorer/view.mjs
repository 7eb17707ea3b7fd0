// KernelExplorer: a photograph, a kernel, the result; and any window of it as numbers.
import { encode, withValue } from "../shared/arrays.mjs";
import { Choice } from "../shared/choice.mjs";
import { h, setText } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { filter, level, rangeOf, tone } from "../shared/filter.mjs";
import { toImageData } from "../shared/pixels.mjs";
import { foot } from "../shared/foot.mjs";
import { byFinger, help, ON_EDITS, ON_GRIDS, ON_PICTURES } from "../shared/help.mjs";
import { proseText } from "../shared/numbers.mjs";
import { PictureView } from "../shared/picture_view.mjs";
import { greyOf, pictureFromFile, pictureOf } from "../shared/pictures.mjs";
import { Pointing } from "../shared/pointing.mjs";
import { Switch } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { Presets } from "./presets.mjs";
import { WindowView } from "./window.mjs";

const STATE = ["image", "kernel", "flip", "colour", "view", "row", "column"];
const CHANNELS = ["red", "green", "blue"];
const VIEWS = [
  ["signed", "signed, around grey"],
  ["absolute", "absolute"],
  ["clamped", "clamped"],
];

class KernelExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    Object.assign(this, { channel: 0, viewChosen: false });
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
      h(
        "div",
        { class: "cnn-row" },
        this.size.element,
        this.colour.element,
        this.flip.element,
        h("div", { class: "cnn-row" }, this.upload, this.back),
      ),
      foot([help([...ON_PICTURES, ...ON_GRIDS, ...ON_EDITS])], () => this.reset()),
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

  reset() {
    this.viewChosen = false;
    super.reset();
  }

  buildControls() {
    this.known = new Presets(this.model.get("presets"));
    this.presets = new Choice({
      name: "kernel",
      options: [...this.known.names, "random"].map((name) => [name, name]),
      onInput: (name) => this.preset(name),
    });
    this.size = new Choice({
      name: "kernel size",
      options: [
        [3, "3 \u00d7 3"],
        [5, "5 \u00d7 5"],
      ],
      onInput: (size) => this.setKernel(this.known.resized(this.kernel, size)),
    });
    this.view = new Choice({ name: "shown", options: VIEWS, onInput: (view) => this.showAs(view) });
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
      onchange: () => {
        const [chosen] = file.files;
        file.value = ""; // so that the same file can be chosen again
        this.load(chosen);
      },
    });
    this.upload = h("label", { class: "cnn-button" }, "your own picture", file);
    this.back = h(
      "button",
      { type: "button", class: "cnn-button", hidden: true, onclick: () => this.firstPicture() },
      "the first picture",
    );
  }

  // The picture of the model, once it is unpacked.
  async takePicture() {
    const image = this.model.get("image");
    const picture = await pictureOf(image, this.model.get("_pictures"));
    if (this.model.get("image") !== image) return; // another one has come meanwhile
    this.seen = image;
    Object.assign(this, { picture, grey: greyOf(picture), key: null });
  }

  // A picture of the reader's own. Until it is known to fit, nothing changes.
  async load(file) {
    this.chosen = file;
    const image = await pictureFromFile(file).catch(() => null);
    if (this.chosen !== file) return; // the reader has chosen another one meanwhile
    const [K_h, K_w] = this.kernel.shape;
    const [H, W] = image?.shape ?? [];
    if (!image) this.words.warn(`${file.name} is not a picture that this browser can read.`);
    else if (H < K_h || W < K_w)
      this.refuse(`${file.name} becomes ${H} by ${W} pixels here, and the kernel is ${K_h} by ${K_w}.`);
    else {
      this.letGo();
      this.take({ image, row: (H - K_h) >> 1, column: (W - K_w) >> 1 });
      this.said = `Your picture, ${H} by ${W} pixels. It is sent nowhere; in a notebook, Python has it as .image.`;
    }
  }

  firstPicture() {
    const { image, row, column } = this.first;
    this.letGo();
    this.take({ image, row, column });
  }

  showAs(view) {
    this.viewChosen = true;
    this.set({ view });
  }

  preset(name) {
    const size = this.kernel.shape.every((n) => n === 5) ? 5 : 3;
    const { kernel, view } = this.known.named(name, size);
    this.setKernel(kernel, view);
  }

  // Another kernel, under which the middle of the window stays. What the reader chose to see stays, too.
  setKernel(kernel, view) {
    const [H, W] = this.picture.shape;
    const [K_h, K_w] = kernel.shape;
    if (K_h > H || K_w > W) {
      this.refuse(`the kernel would be ${K_h} by ${K_w}, and the picture has ${H} by ${W} pixels.`);
      this.show();
      return;
    }
    const place = (name, axis, n) => {
      const [was, is] = [this.kernel, kernel].map(({ shape }) => (shape[axis] - 1) >> 1);
      return Math.min(Math.max(this.model.get(name) + was - is, 0), n);
    };
    const shown = view && !this.viewChosen ? { view } : {};
    this.take({ kernel, ...shown, row: place("row", 0, H - K_h), column: place("column", 1, W - K_w) });
  }

  update() {
    const { model } = this;
    if (this.seen !== model.get("image")) {
      this.takePicture().then(() => this.update());
      return;
    }
    this.back.hidden = this.seen === this.first.image;
    this.kernel = this.array("kernel");
    const colour = model.get("colour") && this.picture.planes.length === 3;
    this.source = colour ? this.picture : this.grey;
    const applied = model.get("flip") ? this.kernel.data.slice().reverse() : this.kernel.data;
    const key = `${this.kernel.shape}|${applied.join()}|${colour}`;
    if (this.key !== key) {
      this.key = key;
      this.applied = applied;
      this.result = filter(this.source, applied, this.kernel.shape, this.result?.planes);
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
    this.presets.show(this.known.nameOf(this.kernel));
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
    this.say(this.said ?? text + (pinned || byFinger() ? "" : " A click keeps it."), {
      pinned,
      looking: false,
    });
    this.said = null;
  }
}

export default defineWidget("KernelExplorer", KernelExplorer);
