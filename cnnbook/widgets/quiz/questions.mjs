// Questions: their text as elements, what was answered, and whether it is right.
import { h } from "../shared/dom.mjs";
import { cellText, parseNumber } from "../shared/numbers.mjs";

/**
 * @typedef {{ right: boolean, feedback: string, number: number, text?: string }} Answer
 * @typedef {{ kind: string, answers: Answer[], tolerance: number, otherwise: string }} Question
 */

const MOST = 1e9;

/**
 * @param {number} index
 * @returns {string}
 */
export const letterOf = (index) => "abcdefgh"[index];

/**
 * @param {string} text
 * @returns {(string | HTMLElement)[]} `code` and *emphasis* are marked, all else is plain
 */
export const inline = (text) =>
  text
    .split(/(`[^`]+`|\*[^*]+\*)/)
    .map((part, index) => (index % 2 ? h(part[0] === "`" ? "code" : "em", {}, part.slice(1, -1)) : part));

/**
 * @param {{ right: boolean, feedback: string }} answer
 * @returns {(string | HTMLElement)[]} a clear word, then the reason
 */
export const feedback = ({ right, feedback: reason }) => [
  h("b", { class: right ? "cnn-right" : "cnn-wrong" }, right ? "Right." : "Not quite."),
  " ",
  ...inline(reason),
];

/**
 * @param {Question} question
 * @param {number} number
 * @returns {{ right: boolean, feedback: string }} the one that a number comes down to: a right one, a
 * typical wrong one, or any other
 */
export const numberAnswer = ({ answers, tolerance, otherwise }, number) =>
  answers.find((answer) => Math.abs(number - answer.number) <= tolerance) ?? {
    right: false,
    feedback: otherwise,
  };

/**
 * @param {Question} question
 * @param {any} answer - a number, a letter or letters
 * @returns {boolean}
 */
export function isRight(question, answer) {
  if (answer === undefined) return false;
  if (question.kind === "number") return numberAnswer(question, answer).right;
  return question.answers.every(({ right }, index) => right === answer.includes(letterOf(index)));
}

/**
 * @param {Question} question
 * @returns {boolean} whether a whole number is asked for
 */
export const isWhole = ({ answers, tolerance }) =>
  [tolerance, ...answers.map(({ number }) => number)].every(Number.isInteger);

/**
 * @param {Question} question
 * @param {string} text - what a reader typed
 * @returns {{ value?: number, error?: string }}
 */
export const readNumber = (question, text) => parseNumber(text, MOST, { whole: isWhole(question) });

/**
 * @param {Question} question
 * @param {any} answer
 * @returns {boolean} whether a reader could have given it
 */
export function isAnswer({ kind, answers }, answer) {
  if (kind === "number") return Number.isFinite(answer);
  const known = (letter) => answers.some((_, index) => letterOf(index) === letter);
  return kind === "one" ? known(answer) : Array.isArray(answer) && answer.length > 0 && answer.every(known);
}

/**
 * @param {Record<string, number[][]>} figure
 * @returns {HTMLElement[]} the grids of numbers that a question is about, by their roles
 */
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
