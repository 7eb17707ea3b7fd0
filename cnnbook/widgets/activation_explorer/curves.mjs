// Two drawings side by side, a function and its slope, with a point that can be dragged.
import { h, setText, svg } from "../shared/dom.mjs";
import { fixedText, withMinus } from "../shared/numbers.mjs";
import { BENDS } from "./bends.mjs";
import facts from "./facts.json";
import { keyOf } from "./key.mjs";

const [REACH, LOW, HIGH, UNIT] = [facts.reach, -1.5, 4, 40];
const [WIDTH, HEIGHT] = [2 * REACH * UNIT, (HIGH - LOW) * UNIT];
const across = (x) => (x + REACH) * UNIT;
const down = (y) => (HIGH - y) * UNIT;
const point = (x, y) => `${across(x).toFixed(1)} ${down(y).toFixed(1)}`;
const OTHERS = ["cnn-other-0", "cnn-other-1", "cnn-other-2"];
const paths = new Map();

function pathOf(name, which, leak) {
  const key = `${name} ${which} ${name === "leaky_relu" ? leak : ""}`;
  if (!paths.has(key)) {
    const f = BENDS[name][which];
    const places = Array.from({ length: 161 }, (_, k) => -REACH + (k * REACH) / 80);
    paths.set(key, `M${places.map((x) => point(x, f(x, leak))).join("L")}`);
  }
  return paths.get(key);
}

class Pane {
  // `which` is 0 for the function, 1 for its slope
  constructor(title, which, onDrag) {
    this.which = which;
    const role = which ? "gradient" : "output";
    const text = (x, y, n, side) => svg("text", { x, y, class: `cnn-tick ${side}` }, withMinus(n));
    const whole = [-3, -2, -1, 1, 2, 3];
    const ticks = [
      ...whole.map((n) => text(across(n), down(0) + 14, n, "")),
      ...whole.filter((n) => n > LOW).map((n) => text(across(0) - 5, down(n) + 4, n, "cnn-tick-left")),
    ];
    const cross = (n, m) => `M${point(n, LOW)}L${point(n, HIGH)}M${point(-REACH, m)}L${point(REACH, m)}`;
    this.others = OTHERS.map((other) => svg("path", { class: `cnn-curve ${other}` }));
    this.curve = svg("path", { class: "cnn-curve cnn-main" });
    this.tangent = svg("path", { class: "cnn-tangent" });
    this.stem = svg("path", { class: "cnn-stem" });
    this.dot = svg("circle", { class: "cnn-dot", r: 7 });
    this.drawing = svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "cnn-curves" },
      svg("path", { d: whole.map((n) => cross(n, n)).join(""), class: "cnn-grid-line" }),
      svg("path", { d: cross(0, 0), class: "cnn-axis" }),
      ...ticks,
      this.stem,
      ...this.others,
      this.curve,
      which ? "" : this.tangent,
      this.dot,
    );
    this.name = h("span", { class: "cnn-size" });
    this.element = h(
      "figure",
      { class: `cnn-figure cnn-${role}` },
      h("figcaption", {}, h("b", {}, title), " ", this.name),
      this.drawing,
    );
    const drag = (event) => {
      const { left, width } = this.drawing.getBoundingClientRect();
      const x = ((event.clientX - left) / width) * 2 * REACH - REACH;
      onDrag(Math.min(REACH, Math.max(-REACH, Math.round(20 * x) / 20)));
    };
    this.drawing.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      this.drawing.setPointerCapture(event.pointerId);
      drag(event);
    });
    this.drawing.addEventListener("pointermove", (event) => {
      if (this.drawing.hasPointerCapture(event.pointerId)) drag(event);
    });
  }

  draw({ name, compare, leak, x, value, slope }) {
    this.curve.setAttribute("d", pathOf(name, this.which, leak));
    this.others.forEach((path, k) => {
      path.setAttribute("d", compare[k] ? pathOf(compare[k], this.which, leak) : "");
    });
    const y = this.which ? slope : value;
    this.dot.setAttribute("cx", across(x));
    this.dot.setAttribute("cy", down(Math.min(HIGH, Math.max(LOW, y))));
    this.stem.setAttribute("d", `M${point(x, LOW)}L${point(x, HIGH)}`);
    const [far, rise] = [1.4, 1.4 * slope];
    this.tangent.setAttribute("d", `M${point(x - far, value - rise)}L${point(x + far, value + rise)}`);
    setText(this.name, facts.titles[name]);
    const title = `${this.which ? "the slope of" : "the curve of"} ${facts.titles[name]}`;
    this.drawing.setAttribute("aria-label", title);
  }
}

export class Curves {
  /** @param {(x: number) => void} onDrag */
  constructor(onDrag) {
    this.panes = [new Pane("value", 0, onDrag), new Pane("slope", 1, onDrag)];
    this.body = h("tbody");
    this.place = h("th", { scope: "col" });
    const columns = ["value", "slope"].map((name) => h("th", { scope: "col" }, name));
    const head = h("thead", {}, h("tr", {}, this.place, columns));
    this.table = h("table", { class: "cnn-bend-table", "aria-label": "value and slope" }, head, this.body);
    this.rows = ["cnn-main", ...OTHERS].map((look) => {
      const line = keyOf(look);
      const [title, value, slope] = [h("span"), h("td"), h("td")];
      const row = h("tr", { class: "cnn-output" }, h("th", { scope: "row" }, line, title), value, slope);
      return { title, value, slope, row };
    });
    this.body.append(...this.rows.map(({ row }) => row));
    const panes = h(
      "div",
      { class: "cnn-two" },
      this.panes.map(({ element }) => element),
    );
    this.element = h("div", {}, panes, h("div", { class: "cnn-scroller" }, this.table));
  }

  // Returns value and slope of the main function.
  update({ name, compare, leak, x }) {
    const found = [name, ...compare].map((one) => BENDS[one].map((f) => f(x, leak)));
    const [value, slope] = found[0];
    for (const pane of this.panes) pane.draw({ name, compare, leak, x, value, slope });
    setText(this.place, `at x = ${fixedText(x, 2)}`);
    this.rows.forEach((cells, k) => {
      cells.row.hidden = k > compare.length;
      if (cells.row.hidden) return;
      setText(cells.title, facts.titles[[name, ...compare][k]]);
      for (const [which, cell] of [cells.value, cells.slope].entries()) {
        setText(cell, fixedText(found[k][which], 3));
        cell.dataset.value = found[k][which];
      }
    });
    return { value, slope };
  }
}
