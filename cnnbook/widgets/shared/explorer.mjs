// What the explorers have in common: arrays that are read once, changes that are taken or refused, steps, and
// the way back to how it all began.
import { decode, encode } from "./arrays.mjs";
import { byFinger } from "./help.mjs";
import { Look } from "./look.mjs";
import { Words } from "./words.mjs";

const PINNED = " Pinned: Escape lets go."; // a finger has no Escape, and what it taps stays anyway

// A subclass has draw(), which shows what the reader looks at.
export class Explorer {
  /**
   * @param {{ model: any, set: (changes: object) => void }} context
   * @param {string[]} state - the names of the traits that `reset` brings back
   */
  constructor({ model, set }, state) {
    Object.assign(this, { model, set, arrays: new Map(), stepper: null });
    this.first = Object.fromEntries(state.map((name) => [name, model.get(name)]));
    this.words = new Words();
    this.look = new Look(() => this.draw());
  }

  // The array of a trait, or null: the same one until another is sent.
  array(trait) {
    const sent = this.model.get(trait);
    if (this.arrays.get(trait)?.sent !== sent) this.arrays.set(trait, { sent, array: sent && decode(sent) });
    return this.arrays.get(trait).array;
  }

  // The values of some traits by their names.
  values(...names) {
    return Object.fromEntries(names.map((name) => [name, this.model.get(name)]));
  }

  // What a grid reports, for NumberGrid; editable grids have `edit(index, value)`.
  reactions(grid, edit) {
    return {
      inspect: (index, how) => this.look.inspect(grid, index, how),
      pin: (index) => {
        this.stepper?.stop();
        this.look.pin(grid, index);
      },
      release: () => this.release(),
      say: (text) => this.words.warn(text),
      edit,
    };
  }

  release() {
    this.look.release();
  }

  // Let go of what is pinned, without showing it yet.
  letGo() {
    this.look.pinned = null;
  }

  // A change by the reader. Arrays are sent as Python reads them.
  take(changes) {
    this.words.calm();
    this.set(
      Object.fromEntries(
        Object.entries(changes).map(([name, value]) => [name, value?.data ? encode(value) : value]),
      ),
    );
  }

  refuse(reason) {
    this.words.warn(`Not possible: ${reason}`);
  }

  reset() {
    this.stepper?.stop();
    this.letGo();
    this.take(this.first);
  }

  // Say what is shown. A warning stays until the reader looks at something.
  say(text, { pinned, looking }) {
    if (this.words.warned && !looking) return;
    this.words.calm();
    this.words.show(text + (pinned && !byFinger() ? PINNED : ""));
  }

  stop() {
    this.stepper?.stop();
  }
}
