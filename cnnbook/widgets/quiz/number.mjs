// A question for a number, which may be typed as 1/9 or 256*256*3.
import { h, setText } from "../shared/dom.mjs";
import { readingText } from "../shared/numbers.mjs";
import { QuestionForm } from "./form.mjs";
import { feedback, inline, isRight, isWhole, numberAnswer, readNumber } from "./questions.mjs";

export class NumberToGuess extends QuestionForm {
  /**
   * @param {import("./questions.mjs").Question} question
   * @param {number} place
   * @param {{ check: (answer: any) => void, refuse: (text: string) => void }} on
   */
  constructor(question, place, on) {
    super(question, place, on);
    // The decimal keyboard of some phones has neither a minus nor a slash.
    const digits = isWhole(question) && question.answers.every(({ number }) => number >= 0);
    this.input = h("input", { type: "text", inputmode: digits ? "decimal" : "text", size: 9 });
    this.reading = h("span", { class: "cnn-reading" });
    this.reason = h("p", { class: "cnn-feedback", hidden: true });
    const right = question.answers.find((answer) => answer.right);
    this.solution = h(
      "details",
      { class: "cnn-answer" },
      h("summary", {}, "show the answer"),
      h(
        "p",
        { class: "cnn-feedback" },
        h("b", { class: "cnn-right" }, `${right.text}.`),
        " ",
        ...inline(right.feedback),
      ),
    );
    this.fill(
      h(
        "div",
        { class: "cnn-check" },
        h("label", {}, "your number ", this.input),
        this.button,
        this.reading,
        this.refusal,
      ),
      this.reason,
      this.solution,
    );
    this.input.addEventListener("input", () => setText(this.reading, ""));
  }

  read() {
    const { value, error } = readNumber(this.question, this.input.value);
    setText(this.reading, readingText(this.input.value, value));
    return { answer: value, error };
  }

  refuse(error) {
    super.refuse(error);
    this.input.setAttribute("aria-invalid", Boolean(error));
  }

  judge(answer) {
    if (readNumber(this.question, this.input.value).value !== answer) {
      this.input.value = answer ?? "";
      setText(this.reading, "");
    }
    this.reason.replaceChildren(
      ...(answer === undefined ? [] : feedback(numberAnswer(this.question, answer))),
    );
    this.reason.hidden = answer === undefined;
    this.solution.hidden = isRight(this.question, answer);
  }

  spoken() {
    return `${this.reading.textContent} ${this.reason.textContent}`;
  }

  clear() {
    this.input.value = "";
    setText(this.reading, "");
    this.refuse("");
  }
}
