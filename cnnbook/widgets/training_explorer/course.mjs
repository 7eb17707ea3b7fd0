// A training and its record: the loss of each step, and the looks at the held-out digits.
import { encode } from "../shared/arrays.mjs";
import facts from "./facts.json";
import { begin, flat, load, network, order } from "./start.mjs";
import { Training } from "./training.mjs";

const MINUTE = 60_000; // milliseconds: a whole play
const LOOK = 300; // pictures learned from between two looks at those that are held out

const record = (data, shape) => encode({ dtype: "float64", shape, data });

/** @typedef {import("./training.mjs").Pictures} Pictures */

export class Course {
  /**
   * @param {{ learned: Pictures, held: Pictures }} digits
   * @param {object} on
   * @param {() => { learning_rate: number, batch_size: number, optimiser: string }} on.settings
   * @param {(read: Uint8Array) => void} on.look - what each held-out digit was read as
   * @param {(step: number, settings: object) => void} on.explosion - the step is not taken
   */
  constructor({ learned, held }, on) {
    Object.assign(this, { learned, held, on, pausing: false });
  }

  /**
   * @param {import("./start.mjs").Kind} kind
   * @param {number} seed - of the order
   * @param {Float64Array | null} weights - those of another network are not taken
   * @param {number} first - the seed of the weights, if none are taken
   */
  begin(kind, seed, weights, first) {
    const count = this.learned.y.length;
    const next = (epoch) => order(seed, epoch, count);
    this.training = new Training(network(kind), this.learned, next, facts.largest);
    const { parameters } = this.training;
    if (weights?.length === flat(parameters).length) load(parameters, weights);
    else begin(parameters, first);
    this.checked = null;
  }

  /**
   * @param {Float64Array} losses - of the steps so far
   * @param {Float64Array} looks - after which steps, and the shares that were read right, in turns
   * @param {number} size - of the batches that they took; 0 while it trains, which counts by itself
   */
  read(losses, looks, size) {
    this.losses = [...losses];
    this.looks = Array.from({ length: looks.length / 2 }, (_, k) => [looks[2 * k], looks[2 * k + 1]]);
    const each = Math.ceil(this.learned.y.length / size); // steps an epoch
    if (size > 0) this.training.epoch = Math.ceil(this.losses.length / each);
    this.count();
  }

  // The epochs that the steps so far have taken; the next step may have begun.
  count() {
    const { epoch, left } = this.training;
    this.epochs = epoch - left.length / this.learned.y.length;
  }

  // Read the held-out digits, and note how many are read right.
  *check() {
    this.checked = yield* this.training.check(this.held);
    const { right, read } = this.checked;
    if (this.looks.at(-1)?.[0] !== this.losses.length)
      this.looks.push([this.losses.length, right / read.length]);
    this.on.look(read);
  }

  get full() {
    return this.losses.length >= facts.steps;
  }

  // Train some steps more, until the reader pauses it, or a minute is over.
  *train(count) {
    const [until, late] = [this.losses.length + count, performance.now() + MINUTE];
    let seen = 0;
    if (!this.looks.length) yield* this.check();
    while (this.losses.length < until && !this.full && !this.pausing && performance.now() < late) {
      const settings = this.on.settings();
      const { loss, exploded } = yield* this.training.step(settings);
      if (exploded) {
        this.on.explosion(this.losses.length + 1, settings);
        break;
      }
      this.losses.push(loss);
      this.count();
      seen += settings.batch_size;
      if (seen >= LOOK && count > 1) {
        seen = 0;
        yield* this.check();
      }
    }
    yield* this.check();
  }

  // All of it, as the model keeps it.
  state() {
    const weights = flat(this.training.parameters);
    return {
      weights: record(weights, [weights.length]),
      loss: record(Float64Array.from(this.losses), [this.losses.length]),
      held_out: record(Float64Array.from(this.looks.flat()), [this.looks.length, 2]),
    };
  }
}
