// ActivationExplorer: a curve and its slope, a picture that is bent, and what many layers leave.
import { h } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { fixedText } from "../shared/numbers.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { expectedSizes } from "./bends.mjs";
import { Chain, short } from "./chain.mjs";
import { Curves } from "./curves.mjs";
import facts from "./facts.json";
import { Photo } from "./photo.mjs";
import { BendSettings } from "./settings.mjs";

const STATE = ["function", "compare", "x", "slope", "mode", "gain", "bias", "initialiser", "depth"];
const three = (value) => fixedText(value, 3);
const percent = (share) => `${Math.round(100 * share)} %`;

class ActivationExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    const change = (changes) => this.take(changes);
    this.curves = new Curves((x) => change({ x }));
    this.photo = new Photo(context.model);
    this.chain = new Chain();
    this.settings = new BendSettings({
      change: (changes) => this.choose(changes),
      compare: (name, wanted) => this.compare(name, wanted),
      reset: () => this.reset(),
    });
    this.parts = { curve: this.curves.element, picture: this.photo.element, chain: this.chain.element };
    const stage = h("div", { class: "cnn-bends" }, Object.values(this.parts));
    const { top, element, foot } = this.settings;
    context.el.append(top, stage, this.words.element, element, foot);
    this.ready = this.photo.read();
  }

  // The main function is none of those that it is compared with.
  choose(changes) {
    const compare = this.model.get("compare");
    const name = changes.function;
    if (!compare.includes(name)) this.take(changes);
    else this.take({ ...changes, compare: compare.filter((one) => one !== name) });
  }

  compare(name, wanted) {
    const rest = this.model.get("compare").filter((one) => one !== name);
    if (wanted && rest.length >= facts.most_compared) {
      this.settings.show(this.model);
      this.refuse(`at most ${facts.most_compared} others are drawn. Take one away first.`);
      return;
    }
    this.take({ compare: wanted ? [...rest, name] : rest });
  }

  update() {
    const { model } = this;
    const mode = model.get("mode");
    const name = model.get("function");
    const leak = model.get("slope");
    if (this.photo.asked !== model.get("picture")) this.photo.read().then(() => this.update());
    for (const [part, element] of Object.entries(this.parts)) element.hidden = part !== mode;
    this.settings.show(model);
    const tell = { curve: this.tellCurve, picture: this.tellPicture, chain: this.tellChain }[mode];
    this.say(tell.call(this, name, leak), {});
  }

  draw() {}

  tellCurve(name, leak) {
    const x = this.model.get("x");
    const { value, slope } = this.curves.update({ name, leak, x, compare: this.model.get("compare") });
    const flat = Math.abs(slope) < 0.01 ? " There it is nearly flat: hardly any gradient comes back." : "";
    return `At ${fixedText(x, 2)}, ${facts.titles[name]} is ${three(value)}, and its slope is ${three(slope)}.${flat}`;
  }

  tellPicture(name, leak) {
    const found = this.photo.update({ name, leak, ...this.values("gain", "bias") });
    if (!found) return "";
    return `${facts.titles[name]} makes ${percent(found.zeros)} of the numbers 0, and is flatter than a hundredth at ${percent(found.flat)} of them. Black is \u22123, white 3.`;
  }

  tellChain(name, leak) {
    const depth = this.model.get("depth");
    const sizes = expectedSizes(name, leak, facts.gains[this.model.get("initialiser")], depth);
    this.chain.update(sizes);
    const last = depth === 1 ? "its only layer" : `layer ${depth}`;
    return `Signals of size 1 go in. In ${last} the signal has the size ${short(sizes.signal[depth - 1])}; of a gradient of size 1 there, ${short(sizes.gradient[0])} comes back to layer 1.`;
  }
}

export default defineWidget("ActivationExplorer", ActivationExplorer);
