// What every question has: a form of its own, so that Enter checks and radio buttons of two questions
// never mix, a check button, and a line that says why there is nothing to check.
import { h } from "../shared/dom.mjs";
import { figures, inline } from "./questions.mjs";

export class QuestionForm {
  /**
   * @param {import("./questions.mjs").Question} question
   * @param {number} place
   * @param {{ check: (answer: any) => void, refuse: (text: string) => void }} on - a subclass has read(),
   * which returns { answer } or { error }
   */
  constructor(question, place, on) {
    Object.assign(this, { question, on, seen: "[]" });
    this.legend = h(
      "legend",
      { class: "cnn-ask" },
      ...(place ? [h("span", { class: "cnn-number" }, `${place}.`), " "] : []),
      ...inline(question.ask),
    );
    this.button = h("button", { type: "submit", class: "cnn-button" }, "check");
    this.refusal = h("p", { class: "cnn-refusal", hidden: true });
  }

  fill(...body) {
    const fields = h("fieldset", {}, this.legend, ...figures(this.question.figure), ...body);
    this.element = h("form", { class: "cnn-question", autocomplete: "off" }, fields);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    this.element.addEventListener("keydown", (event) => {
      if (
        event.key !== "Enter" ||
        event.target.tagName !== "INPUT" ||
        event.isComposing ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey
      )
        return;
      event.preventDefault(); // JupyterLab keeps the browser from doing it
      this.check();
    });
    this.element.addEventListener("input", () => this.refuse(""));
  }

  check() {
    const { answer, error = "" } = this.read();
    this.refuse(error);
    if (error) this.on.refuse(error);
    else this.on.check(answer);
  }

  // What was answered stays what it was.
  refuse(error) {
    this.refusal.textContent = error;
    this.refusal.hidden = !error;
  }

  // Show what was checked so far. What is chosen or typed since stays, unless something else was checked.
  show(tries = []) {
    const news = JSON.stringify(tries);
    if (news === this.seen) return;
    this.seen = news;
    this.refuse("");
    this.judge(tries.at(-1), tries);
  }
}
