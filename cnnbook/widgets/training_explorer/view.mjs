// TrainingExplorer: the book's digit network, trained in front of the reader.
import { button, h, setText } from "../shared/dom.mjs";
import { Explorer } from "../shared/explorer.mjs";
import { foot } from "../shared/foot.mjs";
import { help } from "../shared/help.mjs";
import { Slider } from "../shared/slider.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { binned, Chart } from "./chart.mjs";
import { Course } from "./course.mjs";
import { digitsOf } from "./digits.mjs";
import facts from "./facts.json";
import { Filters, Reading, Wrong } from "./panels.mjs";
import { Settings } from "./settings.mjs";
import { Slices } from "./slices.mjs";
import { comeTo, explosion } from "./words.mjs";

const STATE = [
  "learning_rate",
  "batch_size",
  "optimiser",
  "filters",
  "activation",
  "pooling",
  "seed",
  "weights",
  "loss",
  "held_out",
  "digit",
];
const GUESS = Math.log(10);
const NONE = { dtype: "float64", base64: "" };
const FRESH = { loss: { ...NONE, shape: [0] }, held_out: { ...NONE, shape: [0, 2] } };
const ADVICE = [
  {
    keys: "Play trains until you pause it, or for a minute; one step takes one batch.",
    finger: "Play trains until you pause it, or for a minute; one step takes one batch.",
  },
  {
    keys: "Learning rate, batch size and optimiser can be changed on the way; all else starts again.",
    finger: "Learning rate, batch size and optimiser can be changed on the way; all else starts again.",
  },
  {
    keys: "Click a digit that is read wrong, or press next wrong one, and it is looked into.",
    finger: "Tap a digit that is read wrong, and it is looked into.",
  },
];

class TrainingExplorer extends Explorer {
  constructor(context) {
    super(context, STATE);
    this.ready = this.start();
    this.build(context.el);
    const onDraw = () => this.drawNext();
    this.slices = new Slices({ element: context.el, onDraw, onEnd: () => this.pause() });
  }

  async start() {
    const { held, ...others } = await digitsOf(this.model.get("_bundles"));
    this.held = held;
    this.course = new Course(
      { held, ...others },
      {
        settings: () => this.values("learning_rate", "batch_size", "optimiser"),
        look: (read) => this.wrong.draw(held, read),
        explosion: (step, settings) => this.words.warn(explosion(step, settings)),
      },
    );
  }

  build(el) {
    this.playing = button("play", () => (this.running ? this.askPause() : this.play(Infinity)));
    this.playing.classList.add("cnn-play");
    const one = button("one step", () => this.play(1));
    const again = button("start again", () => this.startAgain());
    this.loss = new Chart("loss", { top: "2.5" });
    this.right = new Chart("read right", { top: "100 %" });
    this.filters = new Filters();
    this.reading = new Reading();
    const pick = (digit) => this.take({ digit });
    this.wrong = new Wrong(pick);
    const last = facts.held_out - 1;
    this.digit = new Slider({ name: "digit", min: 0, max: last, onInput: pick });
    const next = button("next wrong one", () => this.nextWrong());
    const change = (trait, value) => this.take({ [trait]: value });
    const anew = (trait, value) => this.anew({ [trait]: value });
    this.settings = new Settings(change, anew);
    const chosen = h("div", { class: "cnn-train-row" }, this.digit.element, next);
    const looked = h("div", {}, this.reading.element, chosen);
    el.append(
      h("div", { class: "cnn-train-row" }, this.playing, one, again),
      h("div", { class: "cnn-charts" }, this.loss.element, this.right.element),
      this.words.element,
      this.settings.element,
      h("div", { class: "cnn-train-look" }, this.filters.element, looked),
      this.wrong.element,
      foot([help(ADVICE)], () => this.reset()),
    );
  }

  // Everything that follows from the state. What this view itself sent is not loaded again.
  update() {
    const { model } = this;
    const kind = this.values("filters", "activation", "pooling");
    const { base64, seed } = model.get("weights");
    const key = JSON.stringify([kind, base64 ?? seed]);
    const records = model.get("loss").base64 + model.get("held_out").base64;
    if (key !== this.key) this.load(kind, key);
    if (records !== this.records) {
      this.records = records;
      const [loss, looks] = ["loss", "held_out"].map((name) => this.array(name).data);
      this.course.read(loss, looks, this.running ? 0 : model.get("batch_size"));
    }
    this.settings.show(model);
    this.digit.show(model.get("digit"));
    this.filters.layOut(kind.filters);
    this.draw();
  }

  // Weights from the model. Python sends one trait at a time: until they fit, the first ones stand there.
  load(kind, key) {
    this.slices.stop();
    this.dress(false);
    const { course, model } = this;
    const [seed, sent] = [model.get("seed"), model.get("weights")];
    course.begin(kind, seed, sent.name ? null : this.array("weights").data, sent.seed ?? seed);
    Object.assign(this, { key, records: null });
    this.slices.start(course.check());
  }

  play(count) {
    if (this.running) return;
    this.words.calm();
    if (this.course.full) {
      this.refuse(`${facts.steps} steps are written down, and no more. Start again.`);
      return;
    }
    this.dress(true);
    this.slices.start(this.course.train(count));
  }

  askPause() {
    this.course.pausing = true; // the step that has begun comes to its end
  }

  // The work is done: the model learns of it.
  pause() {
    const trained = this.running;
    this.dress(false);
    if (trained) this.publish();
    this.draw();
  }

  publish() {
    const state = this.course.state();
    const [kind] = JSON.parse(this.key);
    this.key = JSON.stringify([kind, state.weights.base64]);
    this.records = state.loss.base64 + state.held_out.base64;
    this.set(state); // without take(), which would withdraw a warning
  }

  dress(running) {
    this.running = running;
    this.course.pausing = false;
    setText(this.playing, running ? "pause" : "play");
    this.words.silent = running;
  }

  // Begin anew, with other settings or the same.
  anew(changes) {
    this.slices.stop();
    this.dress(false);
    this.key = null;
    const seed = changes.seed ?? this.model.get("seed");
    this.take({ ...changes, weights: { name: "first", seed }, ...FRESH });
    this.update();
  }

  startAgain() {
    this.anew({});
  }

  reset() {
    this.slices.stop();
    this.dress(false);
    this.key = null;
    super.reset();
    this.update();
  }

  nextWrong() {
    const row = this.wrong.after(this.model.get("digit"));
    if (row === undefined) this.refuse("no held-out digit is read wrong.");
    else this.take({ digit: row });
  }

  draw() {
    this.drawCurves();
    this.drawDigit();
  }

  // While it works: one part at a time.
  drawNext() {
    this.turn = ((this.turn ?? 0) + 1) % 2;
    if (this.turn) this.drawCurves();
    else this.drawDigit();
  }

  // The curves and the sentence, which tell the same step.
  drawCurves() {
    this.tell();
    const { losses, looks, checked } = this.course;
    const { means, each } = binned(losses);
    const top = Math.max(2.5, Math.ceil(2 * Math.max(0, ...means)) / 2);
    const along = means.map((mean, k) => [k / Math.max(1, means.length - 1), mean / top]);
    const now = means.at(-1)?.toFixed(2) ?? "";
    const value = each > 1 ? `${now}, mean of ${each} steps` : now;
    const last = losses.length ? `step ${losses.length}` : "no step yet";
    this.loss.draw(along, { level: GUESS / top, top: top.toFixed(1), value, last });
    const points = looks.map(([step, part]) => [step / Math.max(1, losses.length), part]);
    const part = checked && checked.right / checked.read.length;
    const share = part === null ? "" : `${(100 * part).toFixed(1)} %`;
    this.right.draw(points, { level: 0.1, value: share, last });
  }

  tell() {
    const { losses, epochs, checked } = this.course;
    const come = checked && comeTo({ losses, epochs, checked, labels: this.held.y });
    this.say(come ?? "The held-out digits are being read.", {});
  }

  drawDigit() {
    const digit = this.model.get("digit");
    const { training } = this.course;
    const { outputs, probabilities } = training.look(this.held, digit);
    this.filters.draw(training.parameters[0].data, outputs[2].data);
    const x = this.held.x.subarray(64 * digit, 64 * (digit + 1));
    this.reading.draw(x, this.held.y[digit], probabilities);
  }

  stop() {
    super.stop();
    this.slices.close();
  }
}

export default defineWidget("TrainingExplorer", TrainingExplorer);
