// How a reader moves in a grid: it is one tab stop; arrows move and inspect, Enter edits, Space pins, Escape
// lets go. A click or a tap pins; one more on the same cell edits it, or lets go where there is nothing to
// edit.
import { uses } from "./own_keys.mjs";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {import("./grid.mjs").NumberGrid} grid */
export function listen(grid) {
  const { table, on } = grid;
  const indexOf = ({ target }) => grid.cells.indexOf(target);
  table.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") on.inspect(indexOf(event), "hover");
  });
  table.addEventListener("pointerleave", () => on.inspect(null, "hover"));
  table.addEventListener("focusin", (event) => {
    const index = indexOf(event);
    if (index === null || event.target !== grid.cells.at(index).cell) return;
    grid.moveTo(index);
    on.inspect(index, "focus");
  });
  // Later: what the owner shows then may move what a tap is about to hit.
  table.addEventListener("focusout", () =>
    setTimeout(() => {
      if (!table.contains(document.activeElement)) on.inspect(null, "focus");
    }),
  );
  table.addEventListener("click", (event) => {
    const index = indexOf(event);
    if (index === null || grid.editor) return;
    const again = grid.cells.at(index).selected;
    grid.focus(index);
    if (again && grid.editable && index >= 0) grid.edit(index);
    else if (again) on.release();
    else on.pin(index);
  });
  table.addEventListener("keydown", (event) => {
    if (grid.editor || event.altKey || !uses(event.target, event) || !press(grid, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// Do what a key asks for; whether it is one of the grid's.
function press(grid, { key, ctrlKey: far }) {
  const { cells, current, on } = grid;
  const own = grid.editable && current >= 0;
  const to = STEPS[key] ? stepped(cells, current, STEPS[key], far) : ends(cells, current, far)[key];
  if (to !== undefined) grid.focus(to);
  else if (key === " ") on.pin(current);
  else if (key === "Escape") on.release();
  else if ((key === "Enter" || key === "F2") && own) grid.edit(current);
  else if (/^[-\d.]$/.test(key) && own && !far) grid.edit(current, key);
  else return false;
  return true;
}

// One step, which may go on into the padding, or as far as the numbers go.
function stepped(cells, current, [down, right], far) {
  const [H, W] = cells.shape;
  const { row, column } = cells.where(current);
  const more = far ? 0 : cells.padding;
  const clamp = (value, size) => Math.min(size - 1 + more, Math.max(-more, value));
  return cells.index(clamp(row + down * (far ? H : 1), H), clamp(column + right * (far ? W : 1), W));
}

function ends(cells, current, far) {
  const [H, W] = cells.shape;
  const { row } = cells.where(current);
  return { Home: far ? 0 : cells.index(row, 0), End: far ? H * W - 1 : cells.index(row, W - 1) };
}
