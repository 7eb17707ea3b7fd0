// Numbers that fly from where they stood to where they stand now; any touch or key ends the flight.

const FLIGHT = { duration: 1000, easing: "ease-in-out", fill: "backwards" };

// Where every number of some grids stands: id -> [x, y]. A grid is { table, cells, shape, ids }, its cells of
// one size.
function places(grids) {
  const found = new Map();
  for (const { table, cells, shape, ids } of grids) {
    const { left, top } = table.getBoundingClientRect();
    const { width, height } = cells[0].getBoundingClientRect();
    for (const [index, id] of ids.entries())
      found.set(id, [left + (index % shape[1]) * width, top + Math.floor(index / shape[1]) * height]);
  }
  return found;
}

// Rearrange the numbers of some grids and let them fly. `grids()` gives the kinds of number, each with the
// grids that hold it.
export function fly(element, grids, change) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    change();
    return;
  }
  const before = grids().map(places);
  change();
  // Before the next picture is drawn, but not in the task that made the change.
  requestAnimationFrame(() => {
    const after = grids();
    const now = after.map(places);
    const flights = after.flatMap((kind, k) =>
      kind.flatMap(({ cells, ids }) =>
        cells.map((cell, index) => {
          const [x, y] = before[k].get(ids[index]) ?? now[k].get(ids[index]);
          const [u, v] = now[k].get(ids[index]);
          return cell.animate({ translate: [`${x - u}px ${y - v}px`, "0 0"] }, FLIGHT);
        }),
      ),
    );
    const land = () => {
      for (const flight of flights) flight.cancel();
      element.classList.remove("cnn-moving");
      for (const event of ["pointerdown", "keydown"]) element.removeEventListener(event, land, true);
    };
    element.classList.add("cnn-moving");
    for (const event of ["pointerdown", "keydown"]) element.addEventListener(event, land, true);
    flights[0].finished.then(land, () => {});
  });
}
