// Quiz: questions with feedback for each answer.
import { button, h, setText } from "../shared/dom.mjs";
import { defineWidget } from "../shared/widget.mjs";
import { Choices } from "./choices.mjs";
import { Memory } from "./memory.mjs";
import { NumberToGuess } from "./number.mjs";
import { isRight } from "./questions.mjs";

const PAUSE = 100; // what was just emptied is spoken only if it is filled a little later

class Quiz {
  constructor({ model, el, set }) {
    Object.assign(this, { model, set, views: [], memory: new Memory(model) });
    this.list = h("div", {});
    this.score = h("p", { class: "cnn-words" });
    this.voice = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    const again = button("start again", () => this.startAgain());
    this.foot = h("div", { class: "cnn-row cnn-quiz-foot" }, this.score, again);
    el.append(this.list, this.foot, this.voice);
    const kept = this.memory.read(model.get("questions"));
    if (Object.keys(kept).length) this.setTries({ ...model.get("tries"), ...kept });
  }

  build(questions) {
    this.questions = questions;
    this.foot.hidden = questions.length < 2;
    this.views = questions.map((question, index) => {
      const View = question.kind === "number" ? NumberToGuess : Choices;
      const on = { check: (answer) => this.answer(index, answer), refuse: (error) => this.say(error) };
      return new View(question, this.foot.hidden ? 0 : index + 1, on);
    });
    this.list.replaceChildren(...this.views.map(({ element }) => element));
  }

  update() {
    const { model } = this;
    if (this.questions !== model.get("questions")) this.build(model.get("questions"));
    const tries = model.get("tries");
    for (const view of this.views) view.show(tries[view.question.id]);
    setText(this.score, this.scoreText());
  }

  // The last of the tries at a question is its answer.
  setTries(tries) {
    const answers = Object.fromEntries(Object.entries(tries).map(([id, tried]) => [id, tried.at(-1)]));
    this.set({ tries, answers });
  }

  answer(index, answer) {
    const tries = this.model.get("tries");
    const { id } = this.questions[index];
    const tried = tries[id] ?? [];
    if (JSON.stringify(tried.at(-1)) !== JSON.stringify(answer)) {
      this.setTries({ ...tries, [id]: [...tried, answer] });
      this.memory.write(this.questions, this.model.get("tries"));
    }
    this.update();
    this.say(`${this.views[index].spoken(answer)} ${this.foot.hidden ? "" : this.scoreText()}`);
  }

  scoreText() {
    const tries = this.model.get("tries");
    const right = this.questions.filter((question) => isRight(question, tries[question.id]?.at(-1)));
    const first = right.filter((question) => isRight(question, tries[question.id][0]));
    return `${right.length} of ${this.questions.length} right${right.length ? `, ${first.length} at the first try` : ""}.`;
  }

  // The same words twice are spoken twice.
  say(text) {
    setText(this.voice, "");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.voice, text.trim()), PAUSE);
  }

  startAgain() {
    for (const view of this.views) view.clear();
    this.setTries({});
    this.memory.write(this.questions, {});
    this.update();
    this.say(this.scoreText());
  }

  stop() {
    clearTimeout(this.timer);
  }
}

export default defineWidget("Quiz", Quiz);
