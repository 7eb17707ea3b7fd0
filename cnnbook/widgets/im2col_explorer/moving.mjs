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

const MOST = 200; // as many as a browser moves without a stutter
const landings = new WeakMap(); // how the flight in an element ends

/**
 * Rearrange the numbers of some grids and let them fly. What is asked for during a flight ends it, and is
 * there at once; so are very many numbers.
 * @param {HTMLElement} element
 * @param {() => object[][]} grids - the kinds of number, each with the grids that hold it
 * @param {() => void} change
 */
export function fly(element, grids, change) {
  const landed = landings.get(element);
  const count = grids()
    .flat()
    .reduce((sum, { ids }) => sum + ids.length, 0);
  if (landed || count > MOST || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    landed?.();
    change();
    return;
  }
  const before = grids().map(places);
  change();
  let flights = [];
  const land = () => {
    landings.delete(element);
    for (const flight of flights) flight.cancel();
    element.classList.remove("cnn-moving");
    for (const event of ["pointerdown", "keydown"]) element.removeEventListener(event, land, true);
  };
  landings.set(element, land);
  // Before the next picture is drawn, but not in the task that made the change.
  requestAnimationFrame(() => {
    if (landings.get(element) !== land) return;
    const after = grids();
    const now = after.map(places);
    flights = after.flatMap((kind, k) =>
      kind.flatMap(({ cells, ids }) =>
        cells.map((cell, index) => {
          const [x, y] = before[k].get(ids[index]) ?? now[k].get(ids[index]);
          const [u, v] = now[k].get(ids[index]);
          return cell.animate({ translate: [`${x - u}px ${y - v}px`, "0 0"] }, FLIGHT);
        }),
      ),
    );
    element.classList.add("cnn-moving");
    for (const event of ["pointerdown", "keydown"]) element.addEventListener(event, land, true);
    flights[0].finished.then(land, () => {});
  });
}
