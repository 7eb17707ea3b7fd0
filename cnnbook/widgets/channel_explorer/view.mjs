// ChannelExplorer: a colour picture, filters with a slice a channel, and the chain from the patches to one number.
import { decode, encode, withValue } from "../shared/arrays.mjs";
import { channelNames, channelsOf, featureMap, padded, regrouped, shownOf, slicesOf } from "./maps.mjs";
import { ChannelRows, lettersOf } from "./rows.mjs";
import { Choice } from "../shared/choice.mjs";
import { button, h, setText } from "../shared/dom.mjs";
import { level, rangeOf, toImageData, tone } from "../shared/filter.mjs";
import { plural, proseText } from "../shared/numbers.mjs";
import { PictureView } from "../shared/picture_view.mjs";
import { Stepper } from "../shared/stepper.mjs";
import { Tabs } from "./tabs.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { Words } from "../shared/words.mjs";

const STATE = ["image", "weight", "bias", "groups", "padding", "filter", "row", "column"];
const clamp = (value, count) => Math.min(count - 1, Math.max(0, value));

class ChannelExplorer {
  constructor({ model, el, set }) {
    Object.assign(this, { model, set, pinned: false, maps: [], lost: new Map() });
    this.first = Object.fromEntries(STATE.map((name) => [name, model.get(name)]));
    this.words = new Words();
    this.photo = new PictureView({ name: "image", role: "input", focusable: true, on: this.pointing(null) });
    this.mapBox = h("div", { class: "cnn-maps" });
    this.legend = h("p", { class: "cnn-legend" });
    this.panel = h("div", {});
    this.tabs = new Tabs({ name: "filters", panel: this.panel, onChoose: (filter) => this.set({ filter }) });
    this.stepper = new Stepper({
      words: this.words,
      onMove: (place) => {
        this.pinned = false;
        this.set({ row: Math.floor(place / this.size[1]), column: place % this.size[1] });
      },
    });
    this.groupBox = h("div");
    const reset = button("reset", () => this.restart());
    el.append(
      this.tabs.element,
      h("div", { class: "cnn-channels" },
        h("div", { class: "cnn-views" }, this.photo.element, h("div", {}, this.mapBox, this.legend)), this.panel),
      this.words.element, this.stepper.element, h("div", { class: "cnn-row" }, this.groupBox, reset),
    );
    this.ready = this.takePicture();
  }

  // What pointing at a picture does; on the photo the window is centred on the pixel, a feature map also chooses its filter.
  pointing(k) {
    const move = (row, column, filter = this.model.get("filter")) => {
      this.target = { row: clamp(row, this.size[0]), column: clamp(column, this.size[1]), filter };
      if (this.moving) return;
      this.moving = requestAnimationFrame(() => {
        this.moving = null;
        this.stepper.stop();
        this.words.calm();
        this.set(this.target);
        this.target = null;
      });
    };
    const hold = (pinned) => () => {
      this.pinned = pinned;
      if (!pinned) this.rows.release();
      this.showWindow();
    };
    return {
      point: (row, column) => {
        if (this.pinned) return;
        const [K_h, K_w] = this.weight.shape.slice(2);
        const centred = (at, size) => at + this.padding - ((size - 1) >> 1);
        if (k === null) move(centred(row, K_h), centred(column, K_w));
        else move(row, column, k);
      },
      step: (down, right) => {
        const from = this.target ?? { row: this.model.get("row"), column: this.model.get("column") };
        move(from.row + down, from.column + right);
      },
      pin: hold(true),
      release: hold(false),
    };
  }

  async takePicture() {
    this.seen = this.model.get("image");
    this.picture = await channelsOf(this.seen, this.model.get("_pictures"));
    const names = channelNames(this.picture.planes.length);
    if (this.names?.length !== names.length) {
      this.names = names;
      this.rows = new ChannelRows({
        names, thumb: this.pointing(null),
        onLook: () => this.showWindow(),
        onRelease: () => {
          this.pinned = false;
          this.showWindow();
        },
        onWeight: (c, index, value) => {
          const { first, seen } = slicesOf(this.weight, names.length, this.filter);
          const area = this.weight.shape[2] * this.weight.shape[3];
          this.words.calm();
          this.set({ weight: encode(withValue(this.weight, (this.filter * seen + c - first) * area + index, value)) });
        },
        onBias: (value) => {
          this.words.calm();
          this.set({ bias: encode(withValue(this.bias, this.filter, value)) });
        },
        say: (text) => this.words.warn(text),
      });
      this.panel.replaceChildren(this.rows.element);
    }
    this.photo.draw(toImageData(shownOf(this.picture), tone("clamped", {}, this.picture.white)));
    this.rows.rows.forEach(({ picture }, c) => {
      picture.draw(toImageData({ shape: this.picture.shape, planes: [this.picture.planes[c]] }, tone("clamped", {}, this.picture.white)));
    });
    this.source = null;
  }

  // Another number of groups: slices that go are kept, and come back.
  regroup(groups) {
    const C_in = this.names.length;
    for (let k = 0; k < this.weight.shape[0]; k += 1) {
      const { first, slices } = slicesOf(this.weight, C_in, k);
      slices.forEach((slice, s) => this.lost.set(`${k},${first + s}`, slice.slice()));
    }
    const lost = (k, c) => {
      const kept = this.lost.get(`${k},${c}`);
      return kept?.length === this.weight.shape[2] * this.weight.shape[3] ? kept : null;
    };
    this.words.calm();
    this.set({ groups, weight: encode(regrouped(this.weight, C_in, groups, lost)) });
  }

  restart() {
    this.stepper.stop();
    Object.assign(this, { pinned: false, target: null });
    this.lost.clear();
    this.rows.release();
    this.words.calm();
    this.set(this.first);
  }

  update() {
    const { model } = this;
    if (this.seen !== model.get("image")) {
      this.takePicture().then(() => this.update());
      return;
    }
    for (const name of ["weight", "bias"]) {
      if (this[`${name}Seen`] !== model.get(name)) {
        this[`${name}Seen`] = model.get(name);
        this[name] = decode(model.get(name));
      }
    }
    if (this.names.length % this.weight.shape[1]) return; // the rest of the change is on its way
    if (!this.source || this.padding !== model.get("padding")) {
      this.padding = model.get("padding");
      this.source = padded(this.picture, this.padding);
      this.maps = [];
    }
    this.filter = Math.min(model.get("filter"), this.weight.shape[0] - 1);
    this.compute();
    this.show();
  }

  // The feature maps of those filters that changed.
  compute() {
    const [C_out, , K_h, K_w] = this.weight.shape;
    this.size = [this.source.shape[0] - K_h + 1, this.source.shape[1] - K_w + 1];
    this.maps.length = Math.min(this.maps.length, C_out);
    for (let k = 0; k < C_out; k += 1) {
      const { first, slices } = slicesOf(this.weight, this.names.length, k);
      const bias = this.bias.data[k] ?? 0;
      const key = `${first}|${K_h}|${slices.map((slice) => slice.join()).join(";")}|${bias}`;
      if (this.maps[k]?.key === key) continue;
      const { shape, plane } = featureMap(this.source, this.weight, bias, k);
      const range = rangeOf([plane]);
      const shades = tone("signed", range, this.picture.white);
      const view = this.viewOf(k);
      view.draw(toImageData({ shape, planes: [plane] }, shades));
      this.maps[k] = { key, plane, range, shades, view };
    }
    for (const [k, view] of this.views.entries()) view.element.hidden = k >= C_out;
  }

  viewOf(k) {
    this.views ??= [];
    if (!this.views[k]) {
      this.views[k] = new PictureView({ name: `output ${k}`, role: "output", focusable: false, on: this.pointing(k) });
      this.mapBox.append(this.views[k].element);
    }
    return this.views[k];
  }

  show() {
    const { model, names, weight, filter: k } = this;
    const [C_out, seen, ...shape] = weight.shape;
    const wanted = new Set(model.get("controls"));
    const labels = Array.from({ length: C_out }, (_, i) => {
      const { first } = slicesOf(weight, names.length, i);
      const has = names.map((_name, c) => c >= first && c < first + seen);
      const sees = names.filter((_name, c) => has[c]).join(", ");
      const parts = () => [h("span", { class: "cnn-sees", "aria-hidden": "true" }, names.map((name, c) => h("i", { class: `cnn-${names.length === 3 ? name : "input"}${has[c] ? "" : " none"}` }))),
        h("span", { class: "cnn-unseen" }, ` sees ${sees}`)];
      return { name: `filter ${i}`, key: has, parts };
    });
    this.tabs.show(labels, k);
    this.showGroups(wanted.has("groups"));
    this.stepper.element.hidden = !wanted.has("steps");
    const own = slicesOf(weight, names.length, k);
    const key = `${this.maps[k].key}|${k}|${C_out}`;
    if (this.shownKey !== key || this.shownSource !== this.source) {
      Object.assign(this, { shownKey: key, shownSource: this.source });
      this.rows.showFilter(k, own, shape, this.bias.data[k] ?? 0, lettersOf(this.picture, own.slices));
      const { low, high, most } = this.maps[k].range;
      const top = proseText(most > 10 ? Math.round(most) : most);
      setText(this.legend, `Output ${k} runs from ${proseText(low)} to ${proseText(high)}. Black is ${top === "0" ? "below 0" : `\u2212${top} or less`}, grey is 0, white is ${top} or more.`);
    }
    this.showWindow();
  }

  showGroups(wanted) {
    const C_in = this.names.length;
    const [C_out, seen] = this.weight.shape;
    const options = [1, 2, 3, 4].filter((groups) => C_in % groups === 0 && C_out % groups === 0);
    this.groupBox.hidden = !wanted || options.length < 2;
    if (this.groupOptions !== `${options}`) {
      this.groupOptions = `${options}`;
      const label = (groups) => (groups === 1 ? "1: each filter sees every channel" : `${groups}: each filter sees ${groups === C_in ? "one channel" : `${C_in / groups} channels`}`);
      this.groups = new Choice({ name: "groups", options: options.map((groups) => [groups, label(groups)]), onInput: (groups) => this.regroup(groups) });
      this.groupBox.replaceChildren(this.groups.element);
    }
    this.groups.show(C_in / seen);
  }

  // The window that the reader looks at, as numbers.
  showWindow() {
    if (!this.maps.length) return;
    const { model, size: [H_out, W_out], filter: k, padding } = this;
    const [row, column] = [clamp(model.get("row"), H_out), clamp(model.get("column"), W_out)];
    const [K_h, K_w] = this.weight.shape.slice(2);
    for (const view of [this.photo, ...this.rows.rows.map(({ picture }) => picture)]) view.place(row - padding, column - padding, K_h, K_w, this.pinned);
    this.maps.forEach(({ view }, i) => {
      view.place(row, column, 1, 1, this.pinned);
      view.element.classList.toggle("chosen", i === k);
    });
    const { plane, shades } = this.maps[k];
    const value = plane[row * W_out + column];
    const { sums, said } = this.rows.showWindow({ row, column, picture: this.source, padding, white: this.picture.white, value, level: level(shades, value) });
    this.stepper.show(row * W_out + column, H_out * W_out);
    if (this.words.warned) return;
    const { first, seen } = slicesOf(this.weight, this.names.length, k);
    const sees = this.names.slice(first, first + seen).join(", ").replace(/, ([^,]+)$/, " and $1");
    this.words.show(`Filter ${k} sees ${sees}: ${plural(seen * K_h * K_w, "product")}, ${plural(sums.length, "sum")}; with the bias, output[${k}, ${row}, ${column}] is ${proseText(value)}.${said}${this.pinned ? " Pinned: Escape lets go." : ""}`);
  }

  stop() {
    this.stepper.stop();
  }
}

export default defineWidget("ChannelExplorer", ChannelExplorer);
