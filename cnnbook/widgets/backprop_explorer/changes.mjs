// What the reader changes, each with all that follows from it: the base of the view.
import { lossText } from "./curve.mjs";
import { resized } from "../shared/arrays.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { forward, geometry, refusal } from "./gradients.mjs";

const TOO_FAR = 100; // so many times the loss at the start, and the numbers tell nothing any more
const STATE = [
  "image",
  "kernel",
  "grad_out",
  "target",
  "stride",
  "padding",
  "dilation",
  "way",
  "position",
  "step_size",
];

export class Changes extends Explorer {
  /** @param {{ model: object, set: (changes: object) => void }} context */
  constructor(context) {
    super(context, STATE);
    Object.assign(this, { kept: {}, losses: [] });
  }

  // A change by the reader: taken with all that follows from it, or refused with the reason.
  propose(changes) {
    const next = {
      image: this.image,
      kernel: this.kernel,
      way: this.way,
      target: this.target,
      grad_out: this.gradGiven,
      ...this.settingsNow(),
      ...changes,
    };
    const g = geometry(next.image, next.kernel, next);
    const reason = refusal(g);
    if (reason) {
      this.settings.show(this.model, this);
      this.refuse(reason);
      return;
    }
    this.letGo();
    const more = { ...changes };
    const size = [g.H_out, g.W_out];
    const keep = (trait, fill) => {
      const array = next[trait];
      const kept = this.remember(trait, array);
      if (array.shape.join() !== size.join())
        more[trait] = resized(array, size, (i, j) => kept.get(`${i},${j}`) ?? fill);
    };
    if (next.target) keep("target", 0);
    else keep("grad_out", 1);
    const steps = this.stepsOf(g, next.way);
    if (steps !== this.steps) more.position = steps - 1;
    this.losses = [];
    this.take(more);
  }

  // What was cut off comes back: every number that an array has held, by its place.
  remember(trait, array) {
    const kept = (this.kept[trait] ??= new Map());
    const [, W] = array.shape;
    for (const [k, value] of array.data.entries()) kept.set(`${Math.floor(k / W)},${k % W}`, value);
    return kept;
  }

  resize(trait, axis, size) {
    const array = this[trait];
    const shape = array.shape.map((n, k) => (k === axis ? size : n));
    const kept = this.remember(trait, array);
    const fill = trait === "image" ? (i, j) => (5 * i + j) % 7 : () => 0;
    this.propose({ [trait]: resized(array, shape, (i, j) => kept.get(`${i},${j}`) ?? fill(i, j)) });
  }

  // The output gradient is output minus target, or what the reader types.
  aim(on) {
    if (on === (this.target !== null)) return;
    const zeros = {
      dtype: "int64",
      shape: [this.g.H_out, this.g.W_out],
      data: new Float64Array(this.output.length),
    };
    if (on) this.propose({ target: this.aimed ?? zeros });
    else {
      this.aimed = this.target;
      const whole = this.gradOut.every(Number.isInteger);
      this.propose({
        target: null,
        grad_out: { dtype: whole ? "int64" : "float64", shape: zeros.shape, data: this.gradOut },
      });
    }
  }

  descend() {
    if (!this.losses.length) this.losses = [this.loss]; // a reset that changes nothing shows nothing anew
    const rate = this.model.get("step_size");
    const data = this.kernel.data.map((weight, k) => weight - rate * this.gradW[k]);
    const errors = forward(this.g, this.meetings, this.image.data, data).map(
      (y, k) => y - this.target.data[k],
    );
    const next = errors.reduce((sum, error) => sum + error * error, 0) / 2;
    if (next > this.loss && next > TOO_FAR * this.losses[0]) {
      this.words.warn(
        `Steps of this size diverge: the next loss would be ${lossText(next)}, and it began with ${lossText(this.losses[0])}. Choose a smaller step size, or reset.`,
      );
      return;
    }
    const { losses } = this;
    this.propose({ kernel: { dtype: "float64", shape: this.kernel.shape, data } });
    this.losses = losses;
    this.stepped = true;
  }

  reset() {
    Object.assign(this, { kept: {}, aimed: null, losses: [] });
    super.reset();
  }

  settingsNow() {
    return this.values("stride", "padding", "dilation", "way");
  }

  stepsOf(g, way) {
    return way === "scatter" ? g.H_out * g.W_out : g.H * g.W;
  }
}
