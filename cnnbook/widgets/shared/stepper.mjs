// Step, play, pause, scrub through a number of windows. Nothing moves before the reader asks for it.
import { h, svg } from "./dom.mjs";
import { Slider } from "./slider.mjs";
import { tip } from "./tooltip.mjs";

const DELAY = 700; // milliseconds
const LEAST = 100;
const LONGEST = 60_000; // a whole play

// How long a step of a play takes, and how many windows it goes on.
const pace = (count) => {
  const delay = Math.min(DELAY, Math.max(LEAST, LONGEST / count));
  return { delay, step: Math.ceil((delay * count) / LONGEST) };
};

const ICONS = {
  back: "M15 5 7 12l8 7z",
  forward: "M9 5l8 7-8 7z",
  play: "M7 4l13 8-13 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
};

const icon = (name) =>
  svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

const button = (name, picture, onclick) =>
  tip(h("button", { type: "button", "aria-label": name, onclick }, icon(picture)), name);

export class Stepper {
  /**
   * @param {object} owner
   * @param {import("./words.mjs").Words} owner.words - silent while it plays
   * @param {(place: number) => void} owner.onMove - asks to show a window; the owner answers with
   * show(place, count, seen)
   */
  constructor({ words, onMove }) {
    Object.assign(this, { words, onMove, timer: null, place: 0, seen: 0, count: 1 });
    this.playButton = button("play", "play", () => (this.timer ? this.stop() : this.play()));
    this.slider = new Slider({
      name: "window",
      min: 0,
      max: 0,
      text: (place) => `${place + 1} of ${this.count}`,
      onInput: (place) => this.go(place),
    });
    this.element = h(
      "div",
      { class: "cnn-stepper" },
      button("previous", "back", () => this.go(this.seen - 1)),
      this.playButton,
      button("next", "forward", () => this.go(this.seen + 1)),
      this.slider.element,
    );
  }

  // `seen`: the window that the reader looks at, if it is another one.
  show(place, count, seen = place) {
    if (this.count !== count) this.slider.shown.style.minWidth = `calc(${2 * String(count).length}ch + 2em)`;
    Object.assign(this, { place, count, seen });
    this.slider.show(seen, count - 1);
  }

  go(place) {
    this.stop();
    this.onMove((place + this.count) % this.count);
  }

  play() {
    this.onMove(this.seen === this.count - 1 ? 0 : this.seen);
    const { delay, step } = pace(this.count);
    this.timer = setInterval(() => {
      if (!this.element.isConnected || this.place === this.count - 1) this.stop();
      else this.onMove(Math.min(this.place + step, this.count - 1));
    }, delay);
    this.dress("pause");
  }

  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.dress("play");
  }

  dress(name) {
    this.playButton.setAttribute("aria-label", name);
    this.playButton.dataset.tip = name;
    this.playButton.replaceChildren(icon(name));
    this.words.silent = this.timer !== null;
  }
}

// An explorer's stepper through the windows; `changes(place)` is the state that shows one of them.
/**
 * @param {import("./explorer.mjs").Explorer} explorer
 * @param {(place: number) => object} changes
 * @returns {HTMLElement}
 */
export function stepsOf(explorer, changes) {
  explorer.stepper = new Stepper({
    words: explorer.words,
    onMove: (place) => {
      explorer.letGo();
      explorer.set(changes(place));
    },
  });
  return explorer.stepper.element;
}
