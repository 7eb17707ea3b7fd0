// AlgorithmRace: what each algorithm for one layer multiplies, adds and holds, and where each wins.
import { Choice } from "../shared/choice.mjs";
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { help } from "../shared/help.mjs";
import { Slider } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { cheapest, costs, counted, short } from "./costs.mjs";
import { Counts } from "./counts.mjs";
import facts from "./facts.json";
import { WinnerMap } from "./map.mjs";

const { kernels, sizes } = facts;
const W = kernels.length;
const LAYER = ["kernel", "size", "channels", "filters", "batch", "stride"];
// Each slider's name, the values that it goes through, and its colour.
const SLIDERS = {
  kernel: ["kernel size", kernels, "kernel"],
  size: ["picture size", sizes, "input"],
  channels: ["channels", facts.channels, "input"],
  filters: ["filters", facts.channels, "kernel"],
  batch: ["batch", facts.batches, "input"],
  stride: ["stride", facts.strides, ""],
};
const HELP = [
  {
    keys: "Point at the map, or Tab to it and move with the arrow keys: the line below says who wins there.",
    finger: "Tap the map, and the layer has that kernel and that picture.",
  },
  { keys: "Click, or press Enter or Space, and the layer has that kernel and that picture." },
];

class AlgorithmRace extends Explorer {
  constructor(context) {
    super(context, [...LAYER, "count"]);
    this.counts = new Counts();
    const choose = (index) => this.take({ kernel: kernels[index % W], size: sizes[Math.floor(index / W)] });
    this.map = new WinnerMap({ ...this.reactions("winners"), pin: choose, release: () => {} });
    const options = facts.counts.map((name) => [name, name]);
    this.count = new Choice({ name: "who wins, by", options, onInput: (count) => this.take({ count }) });
    this.sliders = {};
    for (const [trait, [name, values, role]] of Object.entries(SLIDERS)) {
      const onInput = (index) => this.take({ [trait]: values[index] });
      const text = (index) => String(values[index]);
      this.sliders[trait] = new Slider({ name, min: 0, max: values.length - 1, role, text, onInput });
    }
    const rows = Object.values(this.sliders).map(({ element }) => element);
    this.settings = h("div", { class: "cnn-sliders cnn-sizes" }, rows);
    const left = h("div", { class: "cnn-race-left" }, this.counts.element, this.settings);
    const stage = h("div", { class: "cnn-race" }, left, this.map.element);
    const last = foot([help(HELP)], () => this.reset());
    const choices = h("div", { class: "cnn-legend-row" }, this.count.element);
    context.el.append(choices, stage, this.words.element, last);
  }

  // Everything that follows from the state.
  update() {
    const layer = this.values(...LAYER);
    const count = this.model.get("count");
    const { channels, filters, batch, stride } = layer;
    const asked = [channels, filters, batch, stride, count].join();
    if (this.asked !== asked) {
      this.asked = asked;
      this.all = sizes.flatMap((size) => kernels.map((kernel) => costs({ ...layer, kernel, size })));
      this.winners = this.all.map((one) => cheapest(one, count));
      this.map.write(this.winners);
    }
    this.here = sizes.indexOf(layer.size) * W + kernels.indexOf(layer.kernel);
    this.counts.show(this.all[this.here], this.winners[this.here], count);
    this.showControls(layer, count);
    this.draw();
  }

  showControls(layer, count) {
    const wanted = new Set(this.model.get("controls"));
    this.count.show(count);
    this.count.element.hidden = !wanted.has("count");
    for (const [trait, slider] of Object.entries(this.sliders)) {
      slider.show(SLIDERS[trait][1].indexOf(layer[trait]));
      slider.element.hidden = !wanted.has(trait);
    }
    this.settings.hidden = !LAYER.some((trait) => wanted.has(trait));
  }

  // What the reader looks at: a place of the map, or the one that is shown.
  draw() {
    const { at } = this.look;
    this.map.mark(this.here, at?.index ?? null);
    this.say(this.text(at?.index ?? this.here), { pinned: null, looking: at });
  }

  text(index) {
    const [size, kernel] = [sizes[Math.floor(index / W)], kernels[index % W]];
    const count = this.model.get("count");
    const [winners, all] = [this.winners[index], this.all[index]];
    const of = (name) => counted(all[name], count);
    const least = count === "memory" ? "holds the least" : `needs the fewest ${count}`;
    const tied = count === "memory" ? "hold the least" : `tie for the fewest ${count}`;
    const who = winners.length > 1 ? `${winners.join(" and ")} ${tied}` : `${winners[0]} ${least}`;
    const place = `Kernel ${kernel}\u00d7${kernel}, picture ${size}\u00d7${size}: `;
    const others = Object.keys(all).filter((name) => all[name] && !winners.includes(name));
    const next = others.reduce((best, name) => (best && of(best) <= of(name) ? best : name), "");
    const much = count === "memory" ? "much" : "many";
    const factor = (of(next) / of(winners[0])).toFixed(2);
    return `${place}${who}, ${short(of(winners[0]), facts.words)}. Next is ${next}, with ${factor} times as ${much}.`;
  }
}

export default defineWidget("AlgorithmRace", AlgorithmRace);
