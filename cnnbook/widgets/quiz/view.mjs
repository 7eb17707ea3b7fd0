// Quiz: questions with feedback for each answer.
import { button, h, KEEP_KEYS, setText } from "../shared/dom.mjs";
import { feedback, figures, inline, isRight, letterOf, numberAnswer, readNumber } from "./questions.mjs";
import { defineWidget } from "../shared/widget.mjs";

const PAUSE = 500; // arrow keys pass by answers: only the one that they stop at is spoken

// A form of its own for each question: Enter checks, and radio buttons of two questions never mix.
function form(question, place, ...body) {
  const number = place ? [h("span", { class: "cnn-number" }, `${place}.`), " "] : [];
  const ask = h("legend", { class: "cnn-ask" }, ...number, ...inline(question.ask));
  return h(
    "form",
    { class: "cnn-question", autocomplete: "off" },
    h("fieldset", {}, ask, ...figures(question.figure), ...body),
  );
}

class Choices {
  constructor(question, place, onAnswer) {
    Object.assign(this, { question, several: question.kind === "several" });
    this.rows = question.answers.map((answer, index) => {
      const letter = letterOf(index);
      const input = h("input", {
        type: this.several ? "checkbox" : "radio",
        name: question.id,
        value: letter,
        ...KEEP_KEYS,
      });
      input.addEventListener("input", () => onAnswer(this.read()));
      return {
        input,
        answer,
        letter,
        reason: h("p", { class: "cnn-feedback", hidden: true }, ...feedback(answer)),
      };
    });
    const list = h(
      "div",
      { class: "cnn-answers" },
      this.rows.map(({ input, answer, letter, reason }) =>
        h(
          "div",
          {},
          h(
            "label",
            {},
            input,
            h("span", { class: "cnn-letter", "aria-hidden": "true" }, letter),
            h("span", {}, ...inline(answer.text)),
          ),
          reason,
        ),
      ),
    );
    this.found = h("p", { class: "cnn-hint" });
    const right = this.rows.filter(({ answer }) => answer.right);
    this.paper = h(
      "div",
      { class: "cnn-paper" },
      right.map(({ answer, letter }) => h("p", {}, `Answer: ${letter}. `, ...inline(answer.feedback))),
    );
    this.element = form(question, place, ...(this.several ? [this.found] : []), list, this.paper);
    this.element.addEventListener("submit", (event) => event.preventDefault());
  }

  read() {
    const letters = this.rows.filter(({ input }) => input.checked).map(({ letter }) => letter);
    return this.several ? (letters.length ? letters : undefined) : letters[0];
  }

  show(answer) {
    for (const { input, letter, reason } of this.rows) {
      input.checked = Boolean(answer?.includes(letter));
      reason.hidden = !input.checked;
    }
    this.paper.hidden = isRight(this.question, answer);
    setText(this.found, this.progress(answer));
  }

  progress(answer) {
    if (!this.several) return "";
    if (!answer) return "Choose all that are right.";
    if (isRight(this.question, answer)) return "Those are all.";
    return this.rows.some(({ input, answer: { right } }) => input.checked && !right)
      ? "Not all of your choices are right."
      : "There are more.";
  }

  // What a screen reader hears.
  spoken(answer) {
    const chosen = this.rows
      .filter(({ letter }) => answer?.includes(letter))
      .map(({ reason }) => reason.textContent);
    return [...chosen, this.progress(answer)].join(" ");
  }

  clear() {}
}

class NumberToGuess {
  constructor(question, place, onAnswer, onError) {
    Object.assign(this, { question });
    // The decimal keyboard of some phones has no minus.
    const signed = question.answers.some(({ number }) => number < 0);
    this.input = h("input", { type: "text", inputmode: signed ? "text" : "decimal", size: 9, ...KEEP_KEYS });
    this.reason = h("p", { class: "cnn-feedback", hidden: true });
    const row = h(
      "div",
      { class: "cnn-guess" },
      h("label", {}, "your number ", this.input),
      h("button", { type: "submit", class: "cnn-button", ...KEEP_KEYS }, "check"),
    );
    const right = question.answers.find((answer) => answer.right);
    this.solution = h(
      "details",
      { class: "cnn-answer" },
      h("summary", { ...KEEP_KEYS }, "show the answer"),
      h(
        "p",
        { class: "cnn-feedback" },
        h("b", { class: "cnn-right" }, `${right.text}.`),
        " ",
        ...inline(right.feedback),
      ),
    );
    this.element = form(question, place, row, this.reason, this.solution);
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // JupyterLab keeps the browser from doing it
      this.element.requestSubmit();
    });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const { value, error } = readNumber(this.input.value);
      this.error = error;
      this.explain();
      if (error) onError(error);
      else onAnswer(value);
    });
  }

  show(answer) {
    if (answer !== this.seen) {
      this.error = undefined;
      if (answer === undefined) this.input.value = "";
      else if (readNumber(this.input.value).value !== answer) this.input.value = answer;
    }
    this.seen = answer;
    this.explain();
  }

  // Not a number: the last answer stays what it was.
  explain() {
    const reason = this.error
      ? [this.error]
      : this.seen === undefined
        ? []
        : feedback(numberAnswer(this.question, this.seen));
    this.input.setAttribute("aria-invalid", Boolean(this.error));
    this.reason.replaceChildren(...reason);
    this.reason.hidden = !reason.length;
    this.solution.hidden = isRight(this.question, this.seen);
  }

  spoken() {
    return this.reason.textContent;
  }

  clear() {
    this.error = undefined;
    this.input.value = "";
  }
}

class Quiz {
  constructor({ model, el, set }) {
    Object.assign(this, { model, set, views: [] });
    this.list = h("div", {});
    this.score = h("p", { class: "cnn-words" });
    this.voice = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    const again = button("start again", () => this.startAgain());
    this.foot = h("div", { class: "cnn-row cnn-quiz-foot" }, this.score, again);
    el.append(this.list, this.foot, this.voice);
  }

  build(questions) {
    this.questions = questions;
    this.foot.hidden = questions.length < 2;
    this.views = questions.map((question, index) => {
      const View = question.kind === "number" ? NumberToGuess : Choices;
      return new View(
        question,
        this.foot.hidden ? 0 : index + 1,
        (answer) => this.answer(index, answer),
        (error) => this.say(error),
      );
    });
    this.list.replaceChildren(...this.views.map(({ element }) => element));
  }

  update() {
    const { model } = this;
    if (this.questions !== model.get("questions")) this.build(model.get("questions"));
    const answers = model.get("answers");
    for (const view of this.views) view.show(answers[view.question.id]);
    setText(this.score, this.scoreText());
  }

  answer(index, answer) {
    const answers = { ...this.model.get("answers"), [this.questions[index].id]: answer };
    if (answer === undefined) delete answers[this.questions[index].id];
    this.set({ answers });
    this.update();
    this.say(`${this.views[index].spoken(answer)} ${this.foot.hidden ? "" : this.scoreText()}`);
  }

  scoreText() {
    const answers = this.model.get("answers");
    const right = this.questions.filter((question) => isRight(question, answers[question.id])).length;
    return `${right} of ${this.questions.length} right.`;
  }

  // The same words twice are spoken twice.
  say(text) {
    setText(this.voice, "");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.voice, text.trim()), PAUSE);
  }

  startAgain() {
    for (const view of this.views) view.clear();
    this.set({ answers: {} });
    this.update();
    this.say(this.scoreText());
  }

  stop() {
    clearTimeout(this.timer);
  }
}

export default defineWidget("Quiz", Quiz);
