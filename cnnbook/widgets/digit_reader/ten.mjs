// The ten digits: a score, a bar and a probability each.
import { largest } from "../shared/arrays.mjs";
import { h } from "../shared/dom.mjs";

export class Ten {
  /** @param {(name: string, choose: (digit: number) => void) => any} grid
   *  @param {(kind: "score" | "probability", digit: number) => void} choose */
  constructor(grid, choose) {
    this.scores = grid("scores", (digit) => choose("score", digit));
    this.probabilities = grid("probabilities", (digit) => choose("probability", digit));
    this.bars = Array.from({ length: 10 }, () => h("i", {}));
    const bars = this.bars.map((bar, digit) => h("div", {}, h("b", {}, String(digit)), h("span", {}, bar)));
    this.element = h(
      "div",
      { class: "cnn-reader-ten" },
      this.scores.element,
      h("div", { class: "cnn-reader-bars", "aria-hidden": "true" }, bars),
      this.probabilities.element,
    );
  }

  /**
   * @param {Float64Array} scores
   * @param {Float64Array} p
   */
  show(scores, p) {
    for (const grid of [this.scores, this.probabilities]) grid.layOut([10, 1]);
    this.scores.write(scores, largest(scores), null, 6);
    this.probabilities.write(p, 1, null, 4);
    for (const [digit, bar] of this.bars.entries()) bar.style.transform = `scaleX(${p[digit]})`;
  }

  // Which digit's score, or probability, is looked into: -1 if none.
  mark(score, probability) {
    this.scores.mark((digit) => (digit === score ? "lit" : ""));
    this.probabilities.mark((digit) => (digit === probability ? "lit" : ""));
  }
}
