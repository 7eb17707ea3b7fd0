// What the reader tried, in the page's own storage, so that it outlives a reload: in the book only, where
// the browser allows it.
import { isAnswer } from "./questions.mjs";

export class Memory {
  /**
   * @param {object} model - its `place` is set on a page of the book only; in a notebook Python remembers
   */
  constructor(model) {
    this.used = model.place !== undefined;
    const page = location.pathname.replace(/index\.html$/, "");
    this.key = ["cnnbook quiz", page, model.get("chapter"), model.get("question") ?? ""].join(" ");
  }

  // What was tried, by the questions' ids. Each try is kept with its question: one that was changed since
  // is a new one.
  read(questions) {
    let kept = {};
    try {
      if (this.used) kept = JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      // No storage here, or not what was written.
    }
    const known = questions.filter((question) => {
      const { asked, tried } = kept[question.id] ?? {};
      return (
        asked === JSON.stringify(question) &&
        Array.isArray(tried) &&
        tried.length &&
        tried.every((answer) => isAnswer(question, answer))
      );
    });
    return Object.fromEntries(known.map(({ id }) => [id, kept[id].tried]));
  }

  write(questions, tries) {
    const tried = questions.filter(({ id }) => tries[id]);
    const kept = tried.map((question) => [
      question.id,
      { asked: JSON.stringify(question), tried: tries[question.id] },
    ]);
    try {
      if (this.used && kept.length) localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(kept)));
      else if (this.used) localStorage.removeItem(this.key);
    } catch {
      // Not allowed, or full: the answers last as long as the page.
    }
  }
}
