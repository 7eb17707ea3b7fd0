// Questions: their text as elements, what was answered, and whether it is right.
import { h } from "../shared/dom.mjs";
import { cellText, parseNumber } from "../shared/numbers.mjs";

const MOST = 1e9;

export const letterOf = (index) => "abcdefgh"[index];

// `code` and *emphasis* are marked, all else is plain.
export const inline = (text) =>
  text
    .split(/(`[^`]+`|\*[^*]+\*)/)
    .map((part, index) => (index % 2 ? h(part[0] === "`" ? "code" : "em", {}, part.slice(1, -1)) : part));

// A clear word, then the reason.
export const feedback = ({ right, feedback: reason }) => [
  h("b", { class: right ? "cnn-right" : "cnn-wrong" }, right ? "Right." : "Not quite."),
  " ",
  ...inline(reason),
];

// The answer that a number comes down to: a right one, a typical wrong one, or any other.
export const numberAnswer = ({ answers, tolerance, otherwise }, number) =>
  answers.find((answer) => Math.abs(number - answer.number) <= tolerance) ?? {
    right: false,
    feedback: otherwise,
  };

export function isRight(question, answer) {
  if (answer === undefined) return false;
  if (question.kind === "number") return numberAnswer(question, answer).right;
  return question.answers.every(({ right }, index) => right === answer.includes(letterOf(index)));
}

// Whether a whole number is asked for.
export const isWhole = ({ answers, tolerance }) =>
  [tolerance, ...answers.map(({ number }) => number)].every(Number.isInteger);

// What a reader typed, as { value } or { error }.
export const readNumber = (question, text) => parseNumber(text, MOST, { whole: isWhole(question) });

// Whether a reader could have given an answer.
export function isAnswer({ kind, answers }, answer) {
  if (kind === "number") return Number.isFinite(answer);
  const known = (letter) => answers.some((_, index) => letterOf(index) === letter);
  return kind === "one" ? known(answer) : Array.isArray(answer) && answer.length > 0 && answer.every(known);
}

// The grids of numbers that a question is about, by their roles.
export function figures(figure) {
  const grids = Object.entries(figure).map(([role, rows]) => {
    const most = Math.max(...rows.flat().map(Math.abs)) || 1;
    const letters = Math.max(2, ...rows.flat().map((value) => cellText(value).length));
    const cell = (value) =>
      h(
        "td",
        { style: `--tint:${(Math.abs(value) / most).toFixed(2)}`, class: value < 0 && "negative" },
        cellText(value),
      );
    const table = h(
      "table",
      {
        class: `cnn-grid cnn-${role}`,
        "aria-label": role,
        style: `--columns:${rows[0].length};--letters:${letters}`,
      },
      h(
        "tbody",
        {},
        rows.map((row) => h("tr", {}, row.map(cell))),
      ),
    );
    return h("figure", { class: "cnn-figure" }, h("figcaption", {}, h("b", {}, role)), table);
  });
  return grids.length ? [h("div", { class: "cnn-stage" }, grids)] : [];
}
