// The table of a stack: a row for the input, one for each layer, and the totals.
import { h, setText } from "../shared/dom.mjs";
import facts from "./layers.json";
import { bytesText, commas, details, droppedText, jumpText, NAMES, shapeText, write } from "./words.mjs";
import { Grip, stepOf } from "./row_mover.mjs";

// A cell with a text, and in some columns a drawing.
class Cell {
  constructor(name, drawing) {
    this.text = h("span", {});
    this.drawing = drawing && h("span", { class: drawing, "aria-hidden": "true" });
    this.element = h(
      "td",
      { role: "cell", "data-name": name, class: "cnn-none" },
      h("span", {}, ...(drawing === "cnn-box" ? [this.drawing, this.text] : [this.text, this.drawing ?? ""])),
    );
  }

  show(text, ...properties) {
    setText(this.text, text);
    for (const [name, value] of properties) {
      if (this.drawing.style.getPropertyValue(name) !== value) this.drawing.style.setProperty(name, value);
    }
    this.element.classList.toggle("cnn-none", text === "0" || text === "\u2013");
  }

  count(value, most) {
    this.show(commas(value), ["--part", (value / most).toFixed(3)]);
  }
}

class Row {
  // onToggle: when its name is clicked, null if it has no settings; grip: what moves the row, if it can be
  // moved
  constructor(onToggle, grip) {
    this.place = h("span", { class: "cnn-place" });
    this.name = h("b", {});
    this.details = h("span", { class: "cnn-details" });
    const title = [this.place, " ", this.name, " ", this.details];
    const keys = grip && {
      title: "settings; Alt and an arrow key move it",
      "aria-keyshortcuts": "Alt+ArrowUp Alt+ArrowDown",
    };
    this.button = h(
      "button",
      {
        type: "button",
        class: "cnn-name",
        "aria-expanded": "false",
        onclick: onToggle,
        ...keys,
      },
      title,
    );
    this.grip = grip;
    this.handle = grip?.element;
    this.head = h(
      "th",
      { scope: "row", role: "rowheader" },
      h("div", { class: "cnn-head" }, grip?.element ?? "", onToggle ? this.button : title),
    );
    this.output = new Cell("output", "cnn-box");
    this.parameters = new Cell("parameters", "cnn-bar cnn-kernel");
    this.work = new Cell("multiply-adds", "cnn-bar cnn-sum");
    this.memory = new Cell("memory");
    this.field = new Cell("receptive field", "cnn-jump");
    this.dropped = new Cell("dropped");
    this.cells = [this.output, this.parameters, this.work, this.memory, this.field, this.dropped].map(
      ({ element }) => element,
    );
    this.reason = h("td", { role: "cell", colspan: 6 });
    this.element = h("tr", { role: "row" }, this.head, this.cells);
  }

  // On paper there are no buttons: the head says what its button says.
  print() {
    this.button.parentElement.dataset.printed = this.button.textContent;
  }

  showShape(shape, largest) {
    const [C, H = 1, W = 1] = shape;
    const side = (n) => (n > 1 ? 3 + 33 * Math.sqrt(n / largest) : 3).toFixed(1);
    this.output.show(
      shapeText(shape),
      ["--h", side(H)],
      ["--w", side(W)],
      ["--d", (1.4 * Math.log2(1 + C)).toFixed(1)],
    );
  }

  show(place, layer, record, largest, most) {
    setText(this.place, String(place));
    setText(this.name, NAMES[layer.kind]);
    setText(this.details, details(layer));
    this.print();
    this.grip.element.setAttribute("aria-label", `move layer ${place}, ${NAMES[layer.kind]}`);
    const shown = Boolean(record.shape);
    if (shown === this.element.contains(this.reason))
      this.element.replaceChildren(this.head, ...(shown ? this.cells : [this.reason]));
    if (!shown) {
      setText(this.reason, record.problem ?? "waiting for the layer above");
      this.reason.className = record.problem ? "cnn-problem" : "cnn-waiting";
      return;
    }
    this.showShape(record.shape, largest);
    this.parameters.count(record.parameters, most.parameters);
    this.work.count(record.multiply_adds, most.multiply_adds);
    this.memory.show(bytesText(record.memory));
    this.field.show(shapeText(record.field));
    setText(this.field.drawing, jumpText(record));
    this.dropped.show(droppedText(record.dropped, layer.padding));
  }
}

export class StackTable {
  /**
   * @param {object} on - places are counted from 1
   * @param {(place: number) => void} on.toggle
   * @param {(from: number, to: number, part: string) => void} on.move - part: "button" or "handle", what of
   * the row keeps the focus
   * @param {{ element: HTMLElement }} editor - of the open row
   */
  constructor(on, editor) {
    Object.assign(this, { on, editor, rows: [], stack: [] });
    this.input = new Row(() => on.toggle(0));
    this.input.name.textContent = "input";
    this.input.place.textContent = "0";
    this.input.print();
    this.total = new Row(null);
    this.total.name.textContent = "total";
    this.body = h("tbody", { role: "rowgroup" }, this.input.element);
    this.element = h(
      "table",
      { class: "cnn-stack", role: "table", "aria-label": "layers" },
      h(
        "thead",
        { role: "rowgroup" },
        h(
          "tr",
          { role: "row" },
          facts.columns.map((name) => h("th", { scope: "col", role: "columnheader" }, name)),
        ),
      ),
      this.body,
      h("tfoot", { role: "rowgroup" }, this.total.element),
    );
    this.body.addEventListener("keydown", (event) => this.key(event));
  }

  // On the name of a layer an arrow goes to the next one, and with Alt it takes the layer along.
  key(event) {
    const place = [this.input, ...this.rows].findIndex(({ button }) => button === event.target);
    const to = place + stepOf(event);
    if (place < 0 || to === place) return;
    if (event.altKey && place) this.on.move(place, to, "button");
    else if (!event.altKey && this.row(to)) this.row(to).button.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  newRow() {
    const index = () => this.rows.indexOf(row);
    const grip = new Grip(index, () => this.rows.map(({ grip: { element } }) => element), {
      move: (from, to, part) => this.on.move(from + 1, to + 1, part),
      mark: (from, to) =>
        this.rows.forEach(({ element }, row) => {
          element.classList.toggle("cnn-dragged", row === from);
          element.classList.toggle("cnn-above", row === to && to < from);
          element.classList.toggle("cnn-below", row === to && to > from);
        }),
    });
    const row = new Row(() => this.on.toggle(index() + 1), grip);
    return row;
  }

  // As many rows as layers. They come and go where the stack begins to differ: those below keep what they
  // show.
  fit(stack) {
    // What is dragged may be gone.
    if (String(stack) !== String(this.stack)) for (const { grip } of this.rows) grip.end(false);
    let first = 0;
    while (first < stack.length && stack[first] === this.stack[first]) first += 1;
    while (this.rows.length > stack.length) this.rows.splice(first, 1)[0].element.remove();
    while (this.rows.length < stack.length) {
      const row = this.newRow();
      this.row(first).element.after(row.element);
      this.rows.splice(first, 0, row);
    }
    this.stack = stack;
  }

  row(place) {
    return place ? this.rows[place - 1] : this.input; // none where there is no such place
  }

  // The editor stands below its row, and its row says that it is open.
  open(place) {
    for (const [index, row] of [this.input, ...this.rows].entries())
      row.button.setAttribute("aria-expanded", index === place);
    if (place === null) this.editor.element.remove();
    else if (this.row(place).element.nextSibling !== this.editor.element)
      this.row(place).element.after(this.editor.element);
  }

  show(input_shape, layers, records) {
    this.fit(layers.map(write));
    const known = records.filter(({ shape }) => shape);
    const largest = Math.max(...[{ shape: input_shape }, ...known].flatMap(({ shape }) => shape.slice(1)));
    const sum = (name) => known.reduce((all, record) => all + record[name], 0);
    const most = Object.fromEntries(
      ["parameters", "multiply_adds"].map((name) => [
        name,
        Math.max(1, ...known.map((record) => record[name])),
      ]),
    );
    this.input.showShape(input_shape, largest);
    this.input.memory.show(bytesText(4 * input_shape.reduce((all, n) => all * n, 1)));
    this.rows.forEach((row, place) => row.show(place + 1, layers[place], records[place], largest, most));
    const last = records.length ? records.at(-1).shape : input_shape;
    this.total.output.show(last ? shapeText(last) : "\u2013");
    this.total.parameters.show(commas(sum("parameters")));
    this.total.work.show(commas(sum("multiply_adds")));
    this.total.memory.show(bytesText(sum("memory")));
  }
}
