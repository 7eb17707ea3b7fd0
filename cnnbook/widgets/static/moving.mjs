// Numbers that fly from where they stood to where they stand now; any touch or key ends the flight.

const TIME = 1100;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Where every number of some grids stands: id -> [x, y]. A grid is { grid, ids }, with cells of one size.
function places(grids) {
  const found = new Map();
  for (const { grid, ids } of grids) {
    const { left, top } = grid.table.getBoundingClientRect();
    const { width, height } = grid.cells[0].getBoundingClientRect();
    for (const [index, id] of ids.entries()) found.set(id, [left + (index % grid.shape[1]) * width, top + Math.floor(index / grid.shape[1]) * height]);
  }
  return found;
}

// Rearrange the numbers of some grids and let them fly; `after()` gives the grids that hold them then.
export function fly(element, before, change, after) {
  if (still()) {
    change();
    return;
  }
  const old = before.map(places);
  change();
  const moved = after();
  const now = moved.map(places);
  for (const [k, grids] of moved.entries()) {
    for (const { grid, ids } of grids) {
      for (const [index, cell] of grid.cells.entries()) {
        const [x, y] = old[k].get(ids[index]);
        const [u, v] = now[k].get(ids[index]);
        cell.style.setProperty("--from", `${Math.round(x - u)}px ${Math.round(y - v)}px`);
      }
    }
  }
  const land = () => {
    clearTimeout(timer);
    element.classList.remove("cnn-moving");
    for (const event of ["pointerdown", "keydown"]) element.removeEventListener(event, land, true);
  };
  const timer = setTimeout(land, TIME);
  element.classList.add("cnn-moving");
  for (const event of ["pointerdown", "keydown"]) element.addEventListener(event, land, true);
}
