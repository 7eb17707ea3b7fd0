// The table of counts: a row for each algorithm, a bar for each count, as long as its share of the largest.
import { h, setText } from "../shared/dom.mjs";
import { short } from "./costs.mjs";
import facts from "./facts.json";

const SHOWN = ["multiplications", "additions", "memory"];
const ranks = (count, what) => count === what || (count === "operations" && what !== "memory");

export class Counts {
  constructor() {
    const head = SHOWN.map((name) => h("th", { scope: "col" }, name));
    this.rows = Object.keys(facts.letters).map((name) => {
      const cells = SHOWN.map(() => {
        const [text, bar] = [document.createTextNode(""), h("i", {})];
        return { text, bar, cell: h("td", {}, text, bar) };
      });
      const row = h("tr", {}, h("th", { scope: "row" }, name), ...cells.map(({ cell }) => cell));
      return { name, row, cells };
    });
    this.element = h(
      "table",
      { class: "cnn-counts", "aria-label": "counts" },
      h("thead", {}, h("tr", {}, h("th", {}), ...head)),
      h("tbody", {}, ...this.rows.map(({ row }) => row)),
    );
  }

  /**
   * @param {Record<string, import("./costs.mjs").Cost | null>} costs
   * @param {string[]} winners
   * @param {string} ranked - the count that they win by
   */
  show(costs, winners, ranked) {
    const able = Object.values(costs).filter(Boolean);
    for (const { name, row, cells } of this.rows) {
      const won = winners.includes(name);
      row.classList.toggle("cnn-winner", won);
      for (const [k, what] of SHOWN.entries()) {
        const { text, bar, cell } = cells[k];
        const count = costs[name]?.[what];
        setText(text, count === undefined ? "\u2013" : short(count, facts.units));
        bar.hidden = count === undefined;
        bar.classList.toggle("cnn-ranked", won && ranks(ranked, what));
        if (count === undefined) delete cell.dataset.value;
        else {
          cell.dataset.value = count;
          const most = Math.max(...able.map((cost) => cost[what]));
          bar.style.setProperty("--share", (count / most).toFixed(4));
        }
      }
    }
  }
}
