// A number of a grid is typed anew: Enter and leaving the field take it, Escape gives it up.
import { h } from "./dom.mjs";
import { parseNumber } from "./numbers.mjs";
import { uses } from "./own_keys.mjs";

const BOUND = 1e6;

/**
 * @param {import("./grid.mjs").NumberGrid} grid
 * @param {number} index
 * @param {string} [typed] - the key that began it
 */
export function edit(grid, index, typed) {
  const entry = grid.cells.at(index);
  const before = String(entry.value);
  const { row, column } = grid.cells.where(index);
  const label = `${grid.name} row ${row}, column ${column}`;
  const input = h("input", {
    class: "cnn-edit",
    type: "text",
    autocomplete: "off",
    "aria-label": label,
  });
  input.value = typed ?? before;
  grid.editor = input;
  entry.cell.replaceChildren(input);
  input.focus();
  if (typed === undefined) input.select();
  const close = () => {
    grid.editor = null;
    entry.cell.replaceChildren(entry.node);
  };
  const commit = () => {
    const { value, error } = parseNumber(input.value, BOUND);
    if (error) {
      input.setAttribute("aria-invalid", "true");
      grid.on.say(`${error} The cell keeps ${before}.`);
      return false;
    }
    close();
    grid.on.edit(index, value);
    return true;
  };
  input.addEventListener("keydown", (event) => {
    if (!uses(input, event)) return;
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.key !== "Enter" || !commit()) return;
    grid.focus(index);
  });
  input.addEventListener("focusout", () => {
    if (grid.editor === input && !commit()) close();
  });
}
