// ChannelExplorer: a colour picture, filters with a slice a channel, and the chain from the patches to one
// number.
import { withValue } from "../shared/arrays.mjs";
import { Choice } from "../shared/choice.mjs";
import { h, setText } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { level, rangeOf, tone } from "../shared/filter.mjs";
import { toImageData } from "../shared/pixels.mjs";
import { foot } from "../shared/foot.mjs";
import { help, ON_EDITS, ON_GRIDS, ON_PICTURES, ON_STEPS } from "../shared/help.mjs";
import { plural, proseText } from "../shared/numbers.mjs";
import { PictureView } from "../shared/picture_view.mjs";
import { Pointing } from "../shared/pointing.mjs";
import { stepsOf } from "../shared/stepper.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { channelNames, channelsOf, featureMap, padded, regrouped, shownOf, slicesOf } from "./maps.mjs";
import { ChannelRows, lettersOf } from "./rows.mjs";
import { Tabs } from "./tabs.mjs";

const STATE = ["image", "weight", "bias", "groups", "padding", "filter", "row", "column"];
const clamp = (value, count) => Math.min(count - 1, Math.max(0, value));

class ChannelExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    Object.assign(this, { maps: [], lost: new Map() });
    this.pointing = new Pointing({
      at: () => this.values("row", "column"),
      size: () => this.size,
      go: (place) => {
        this.stepper.stop();
        this.take(place);
      },
      hold: (pinned) => {
        if (!pinned) this.letGo();
        this.pointing.pinned = pinned;
        this.draw();
      },
    });
    this.photo = new PictureView({ name: "image", role: "input", focusable: true, on: this.onPhoto() });
    this.mapBox = h("div", { class: "cnn-maps" });
    this.legend = h("p", { class: "cnn-legend" });
    this.panel = h("div", {});
    this.tabs = new Tabs({ name: "filters", panel: this.panel, onChoose: (filter) => this.set({ filter }) });
    const stepper = stepsOf(this, (place) => ({
      row: Math.floor(place / this.size[1]),
      column: place % this.size[1],
    }));
    this.groupBox = h("div");
    const views = h(
      "div",
      { class: "cnn-views" },
      this.photo.element,
      h("div", {}, this.mapBox, this.legend),
    );
    context.el.append(
      this.tabs.element,
      h("div", { class: "cnn-channels" }, views, this.panel),
      this.words.element,
      stepper,
      this.groupBox,
      foot([help([...ON_PICTURES, ...ON_GRIDS, ...ON_EDITS, ...ON_STEPS])], () => this.reset()),
    );
    this.ready = this.takePicture();
  }

  // Pointing at the photo, or at one of its channels, centres the window on the pixel.
  onPhoto() {
    return this.pointing.reactions((row, column) => {
      const [K_h, K_w] = this.weight.shape.slice(2);
      const centred = (at, size) => at + this.padding - ((size - 1) >> 1);
      return { row: centred(row, K_h), column: centred(column, K_w) };
    });
  }

  letGo() {
    super.letGo();
    Object.assign(this.pointing, { pinned: false, target: null });
  }

  release() {
    this.letGo();
    this.draw();
  }

  async takePicture() {
    this.seen = this.model.get("image");
    this.picture = await channelsOf(this.seen, this.model.get("_pictures"));
    const names = channelNames(this.picture.planes.length);
    if (this.names?.length !== names.length) this.buildRows(names);
    const shades = tone("clamped", {}, this.picture.white);
    this.photo.draw(toImageData(shownOf(this.picture), shades));
    this.rows.rows.forEach(({ picture }, c) => {
      picture.draw(toImageData({ shape: this.picture.shape, planes: [this.picture.planes[c]] }, shades));
    });
    this.source = null;
  }

  buildRows(names) {
    this.names = names;
    this.look.forget();
    this.rows = new ChannelRows({
      names,
      thumb: this.onPhoto(),
      reactions: (place, edit) => this.reactions(place, edit),
      onWeight: (c, index, value) => {
        const { first, seen } = slicesOf(this.weight, names.length, this.filter);
        const area = this.weight.shape[2] * this.weight.shape[3];
        this.take({ weight: withValue(this.weight, (this.filter * seen + c - first) * area + index, value) });
      },
      onBias: (value) => this.take({ bias: withValue(this.bias, this.filter, value) }),
    });
    this.panel.replaceChildren(this.rows.element);
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
    this.take({ groups, weight: regrouped(this.weight, C_in, groups, lost) });
  }

  reset() {
    this.lost.clear();
    super.reset();
  }

  update() {
    const { model } = this;
    if (this.seen !== model.get("image")) {
      this.takePicture().then(() => this.update());
      return;
    }
    const [weight, bias, padding] = [this.array("weight"), this.array("bias"), model.get("padding")];
    if (this.names.length % weight.shape[1]) return; // the rest of the change is on its way
    const moved = !this.source || this.padding !== padding;
    const changed = moved || this.weight !== weight || this.bias !== bias;
    if (moved) Object.assign(this, { padding, source: padded(this.picture, padding), maps: [] });
    Object.assign(this, { weight, bias, filter: Math.min(model.get("filter"), weight.shape[0] - 1) });
    if (changed) this.compute();
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
      const on = this.pointing.reactions((row, column) => ({ row, column, filter: k }));
      this.views[k] = new PictureView({ name: `output ${k}`, role: "output", focusable: false, on });
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
      const parts = () => [
        h(
          "span",
          { class: "cnn-sees", "aria-hidden": "true" },
          names.map((name, c) =>
            h("i", { class: `cnn-${names.length === 3 ? name : "input"}${has[c] ? "" : " none"}` }),
          ),
        ),
        h("span", { class: "cnn-unseen" }, ` sees ${sees}`),
      ];
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
      setText(
        this.legend,
        `Output ${k} runs from ${proseText(low)} to ${proseText(high)}. Black is ${top === "0" ? "below 0" : `\u2212${top} or less`}, grey is 0, white is ${top} or more.`,
      );
    }
    this.draw();
  }

  showGroups(wanted) {
    const C_in = this.names.length;
    const [C_out, seen] = this.weight.shape;
    const options = [1, 2, 3, 4].filter((groups) => C_in % groups === 0 && C_out % groups === 0);
    this.groupBox.hidden = !wanted || options.length < 2;
    if (this.groupOptions !== `${options}`) {
      this.groupOptions = `${options}`;
      const label = (groups) =>
        groups === 1
          ? "1: each filter sees every channel"
          : `${groups}: each filter sees ${groups === C_in ? "one channel" : `${C_in / groups} channels`}`;
      this.groups = new Choice({
        name: "groups",
        options: options.map((groups) => [groups, label(groups)]),
        onInput: (groups) => this.regroup(groups),
      });
      this.groupBox.replaceChildren(this.groups.element);
    }
    this.groups.show(C_in / seen);
  }

  // The window that the reader looks at, as numbers.
  draw() {
    if (!this.maps.length) return;
    const {
      model,
      size: [H_out, W_out],
      filter: k,
      padding,
    } = this;
    const [row, column] = [clamp(model.get("row"), H_out), clamp(model.get("column"), W_out)];
    const {
      look,
      source,
      pointing: { pinned },
    } = this;
    const [K_h, K_w] = this.weight.shape.slice(2);
    for (const view of [this.photo, ...this.rows.rows.map(({ picture }) => picture)]) {
      view.place(row - padding, column - padding, K_h, K_w, pinned);
    }
    this.maps.forEach(({ view }, i) => {
      view.place(row, column, 1, 1, pinned);
      view.element.classList.toggle("chosen", i === k);
    });
    const { plane, shades } = this.maps[k];
    const value = plane[row * W_out + column];
    const shown = {
      row,
      column,
      picture: source,
      padding,
      white: this.picture.white,
      value,
      level: level(shades, value),
    };
    const { sums, said } = this.rows.showWindow(shown, look);
    this.stepper.show(row * W_out + column, H_out * W_out);
    const { first, seen } = slicesOf(this.weight, this.names.length, k);
    const sees = this.names
      .slice(first, first + seen)
      .join(", ")
      .replace(/, ([^,]+)$/, " and $1");
    const counts = `${plural(seen * K_h * K_w, "product")}, ${plural(sums.length, "sum")}`;
    const result = `with the bias, output[${k}, ${row}, ${column}] is ${proseText(value)}.`;
    this.say(`Filter ${k} sees ${sees}: ${counts}; ${result}${said}`, { pinned, looking: false });
  }
}

export default defineWidget("ChannelExplorer", ChannelExplorer);
