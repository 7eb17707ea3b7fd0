// A question with answers to choose from, one or several.
import { h, newId, setText } from "../shared/dom.mjs";
import { QuestionForm } from "./form.mjs";
import { feedback, inline, isRight, letterOf } from "./questions.mjs";

export class Choices extends QuestionForm {
  /**
   * @param {import("./questions.mjs").Question} question
   * @param {number} place
   * @param {{ check: (answer: any) => void, refuse: (text: string) => void }} on
   */
  constructor(question, place, on) {
    super(question, place, on);
    this.several = question.kind === "several";
    this.rows = question.answers.map((answer, index) => {
      const letter = letterOf(index);
      const input = h("input", {
        type: this.several ? "checkbox" : "radio",
        name: question.id,
        value: letter,
      });
      return {
        input,
        answer,
        letter,
        reason: h("p", { id: newId(), class: "cnn-feedback", hidden: true }, ...feedback(answer)),
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
    this.progress = h("p", { class: "cnn-hint" });
    const right = this.rows.filter(({ answer }) => answer.right);
    this.paper = h(
      "div",
      { class: "cnn-paper" },
      right.map(({ answer, letter }) => h("p", {}, `Answer: ${letter}. `, ...inline(answer.feedback))),
    );
    const hint = this.several ? [h("p", { class: "cnn-hint" }, "Choose all that are right.")] : [];
    this.fill(
      ...hint,
      list,
      h("div", { class: "cnn-check" }, this.button, this.progress, this.refusal),
      this.paper,
    );
    list.addEventListener("input", () => setText(this.progress, this.far(this.answer)));
  }

  read() {
    const letters = this.rows.filter(({ input }) => input.checked).map(({ letter }) => letter);
    if (!letters.length)
      return { error: this.several ? "Choose the answers first." : "Choose an answer first." };
    return { answer: this.several ? letters : letters[0] };
  }

  // The feedback for each answer that was tried stays.
  judge(answer, tries) {
    this.answer = answer;
    for (const { input, letter, reason } of this.rows) {
      input.checked = Boolean(answer?.includes(letter));
      reason.hidden = !tries.some((tried) => tried.includes(letter));
      if (reason.hidden) input.removeAttribute("aria-describedby");
      else input.setAttribute("aria-describedby", reason.id);
    }
    this.paper.hidden = isRight(this.question, answer);
    setText(this.progress, this.far(answer));
  }

  far(answer) {
    if (answer && String(this.read().answer) !== String(answer)) return "Not checked yet.";
    if (!this.several || !answer) return "";
    if (isRight(this.question, answer)) return "Those are all.";
    return this.rows.some(({ letter, answer: { right } }) => answer.includes(letter) && !right)
      ? "Not all of your choices are right."
      : "There are more.";
  }

  // What a screen reader hears.
  spoken(answer) {
    const chosen = this.rows
      .filter(({ letter }) => answer.includes(letter))
      .map(({ reason }) => reason.textContent);
    return [...chosen, this.far(answer)].join(" ");
  }

  clear() {
    for (const { input } of this.rows) input.checked = false;
    this.refuse("");
  }
}
