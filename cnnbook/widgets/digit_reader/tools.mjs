// What changes a drawing: the pens, the moves, the held-out pictures.
import { button, h, setText } from "../shared/dom.mjs";
import { Slider, Switch } from "../shared/slider.mjs";
import { moved, thickened, thinned, turned } from "./bitmaps.mjs";

/** @typedef {import("./bitmaps.mjs").Bitmap} Bitmap */

// Each button: what it does to the ink, and its name where a sign stands on it.
/** @type {Record<string, [(ink: Bitmap) => Bitmap, string?]>} */
const BUTTONS = {
  "\u2190": [(ink) => moved(ink, 0, -1), "move left"],
  "\u2192": [(ink) => moved(ink, 0, 1), "move right"],
  "\u2191": [(ink) => moved(ink, -1, 0), "move up"],
  "\u2193": [(ink) => moved(ink, 1, 0), "move down"],
  thin: [thinned],
  thicken: [thickened],
  "upside down": [turned],
};
const LAST = 359;

export class Tools {
  /**
   * @param {object} on
   * @param {() => void} on.clear
   * @param {(on: boolean) => void} on.erase
   * @param {(on: boolean) => void} on.stretch
   * @param {(f: (ink: Bitmap) => Bitmap) => void} on.change
   * @param {(picture: number) => void} on.pick
   */
  constructor({ clear, erase, stretch, change, pick }) {
    this.stretch = new Switch({ name: "centre and stretch", onInput: stretch });
    this.slider = new Slider({ name: "held-out picture", min: 0, max: LAST, onInput: pick });
    this.slider.shown.style.minWidth = "2.5em";
    const ways = Object.entries(BUTTONS).map(([name, [f, label]]) => {
      const one = button(name, () => change(f));
      if (label) one.setAttribute("aria-label", label);
      return one;
    });
    const eraser = new Switch({ name: "erase", onInput: erase });
    const pens = [button("clear", clear), eraser.element, this.stretch.element];
    this.element = h("div", {}, this.slider.element, h("div", { class: "cnn-reader-tools" }, pens, ways));
  }

  /**
   * @param {boolean} stretched
   * @param {number | null} picture - null: a drawing
   */
  show(stretched, picture) {
    this.stretch.show(stretched);
    this.slider.show(picture ?? this.slider.input.valueAsNumber);
    setText(this.slider.shown, String(picture ?? "\u2013"));
  }
}
