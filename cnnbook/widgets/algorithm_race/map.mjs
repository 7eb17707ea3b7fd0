// The map of winners: a row for each size of picture, a column for each kernel; one tab stop, as a grid has.
import { h, setText } from "../shared/dom.mjs";
import { listen } from "../shared/grid_keys.mjs";
import facts from "./facts.json";

const { kernels, sizes, letters } = facts;
const W = kernels.length;

export class WinnerMap {
  /** @param {object} on - inspect(index or null, how), pin(index), release() */
  constructor(on) {
    Object.assign(this, { on, name: "winners", editable: false, editor: null, current: 0, shown: -1 });
    const all = sizes.flatMap(() => kernels.map(() => this.newCell()));
    const row = (size, i) =>
      h(
        "tr",
        { role: "row" },
        h("th", { scope: "row" }, String(size)),
        ...all.slice(i * W, i * W + W).map(cellOf),
      );
    const head = kernels.map((kernel) => h("th", { scope: "col" }, String(kernel)));
    this.table = h(
      "table",
      { role: "grid", "aria-label": this.name, "aria-readonly": "true" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, h("th", { role: "columnheader" }), ...head)),
      h("tbody", { role: "rowgroup" }, ...sizes.map(row)),
    );
    const indices = new Map(all.map(({ cell }, index) => [cell, index]));
    this.cells = {
      shape: [sizes.length, W],
      padding: 0,
      at: (index) => all[index],
      where: (index) => ({ row: Math.floor(index / W), column: index % W }),
      index: (i, j) => i * W + j,
      indexOf: (element) => indices.get(element.closest?.("td")) ?? null,
    };
    this.all = all;
    const told = Object.entries(letters).map(([name, letter]) => `${letter} ${name}`);
    const caption = `kernel size across, picture size down; ${told.join(", ")}; two letters, a tie`;
    this.element = h(
      "figure",
      { class: "cnn-figure cnn-winners" },
      h("figcaption", {}, h("b", {}, this.name), ` ${caption}`),
      h("div", { class: "cnn-scroller" }, this.table),
    );
    listen(this);
    this.table.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || this.cells.indexOf(event.target) === null) return;
      event.preventDefault();
      on.pin(this.current);
    });
    this.moveTo(0);
  }

  newCell() {
    const text = document.createTextNode("");
    const cell = h("td", { role: "gridcell", tabindex: "-1", "aria-selected": "false" }, text);
    return { cell, text, selected: false };
  }

  moveTo(index) {
    this.all[this.current].cell.setAttribute("tabindex", "-1");
    this.all[index].cell.setAttribute("tabindex", "0");
    this.current = index;
  }

  focus(index) {
    this.moveTo(index);
    this.all[index].cell.focus();
  }

  /** @param {string[][]} winners */
  write(winners) {
    for (const [index, { cell, text }] of this.all.entries()) {
      const shown = winners[index].map((name) => letters[name]).join("");
      if (text.data === shown) continue;
      setText(text, shown);
      cell.className = `cnn-wins-${shown[0]}`;
      cell.setAttribute(
        "aria-label",
        `${winners[index].join(" and ")}, kernel ${kernels[index % W]}, picture ${sizes[Math.floor(index / W)]}`,
      );
    }
  }

  /** @param {number} here - the place that is shown @param {number | null} at - the one that is looked at */
  mark(here, at) {
    for (const [index, entry] of this.all.entries()) {
      entry.cell.classList.toggle("cnn-here", index === here);
      entry.cell.classList.toggle("lit", index === at);
      if (entry.selected === (index === here)) continue;
      entry.selected = index === here;
      entry.cell.setAttribute("aria-selected", String(entry.selected));
    }
    if (this.shown !== here && !this.table.contains(document.activeElement)) this.moveTo(here);
    this.shown = here;
  }
}

const cellOf = ({ cell }) => cell;
