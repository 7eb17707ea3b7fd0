// The table of a stack: a row for the input, one for each layer, and the totals.
import { h, setText } from "./dom.mjs";
import { bytesText, commas, details, droppedText, NAMES } from "./layer_words.mjs";

const COLUMNS = ["layer", "output", "parameters", "multiply-adds", "memory", "receptive field", "dropped"];
const shapeText = (shape) => shape.join(" \u00d7 ");

// A cell with a text, and in some columns a drawing.
class Cell {
  constructor(name, drawing) {
    this.text = h("span", {});
    this.drawing = drawing && h("span", { class: drawing, "aria-hidden": "true" });
    this.element = h("td", { role: "cell", "data-name": name }, h("span", {}, ...(drawing === "cnn-box" ? [this.drawing, this.text] : [this.text, this.drawing ?? ""])));
  }

  show(text, ...properties) {
    setText(this.text, text);
    for (const [name, value] of properties) this.drawing.style.setProperty(name, value);
  }
}

class Row {
  constructor(place) {
    this.place = h("span", { class: "cnn-place" });
    this.name = h("b", {});
    this.details = h("span", {});
    this.head = h("th", { scope: "row", role: "rowheader" }, this.place, " ", this.name, " ", this.details);
    this.output = new Cell("output", "cnn-box");
    this.parameters = new Cell("parameters", "cnn-bar cnn-kernel");
    this.work = new Cell("multiply-adds", "cnn-bar cnn-sum");
    this.memory = new Cell("memory");
    this.field = new Cell("receptive field");
    this.dropped = new Cell("dropped");
    this.cells = [this.output, this.parameters, this.work, this.memory, this.field, this.dropped].map(({ element }) => element);
    this.reason = h("td", { role: "cell", colspan: 6 });
    this.element = h("tr", { role: "row" }, this.head, this.cells);
    setText(this.place, String(place));
  }

  showShape(shape, largest) {
    const [C, H = 1, W = 1] = shape;
    const side = (n) => (n > 1 ? 3 + 33 * Math.sqrt(n / largest) : 3).toFixed(1);
    this.output.show(shapeText(shape), ["--h", side(H)], ["--w", side(W)], ["--d", (1.4 * Math.log2(1 + C)).toFixed(1)]);
  }

  show(layer, record, largest, most) {
    setText(this.name, NAMES[layer.kind]);
    setText(this.details, details(layer));
    const shown = Boolean(record.shape);
    if (shown !== this.cells[0].isConnected || !this.element.contains(this.reason) !== shown) {
      this.element.replaceChildren(this.head, ...(shown ? this.cells : [this.reason]));
    }
    if (!shown) {
      setText(this.reason, record.problem ?? "waiting for the layer above");
      this.reason.className = record.problem ? "cnn-problem" : "cnn-waiting";
      return;
    }
    this.showShape(record.shape, largest);
    this.parameters.show(commas(record.parameters), ["--part", (record.parameters / most.parameters).toFixed(3)]);
    this.work.show(commas(record.multiply_adds), ["--part", (record.multiply_adds / most.multiply_adds).toFixed(3)]);
    this.memory.show(bytesText(record.memory));
    this.field.show(shapeText(record.field));
    this.dropped.show(droppedText(record.dropped));
  }
}

export class StackTable {
  constructor() {
    this.rows = [];
    this.input = new Row(0);
    this.input.name.textContent = "input";
    this.total = new Row("");
    this.total.name.textContent = "total";
    this.body = h("tbody", { role: "rowgroup" }, this.input.element);
    this.element = h("table", { class: "cnn-stack", role: "table", "aria-label": "layers" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map((name) => h("th", { scope: "col", role: "columnheader" }, name)))),
      this.body, h("tfoot", { role: "rowgroup" }, this.total.element));
  }

  show(input_shape, layers, records) {
    while (this.rows.length < layers.length) {
      this.rows.push(new Row(this.rows.length + 1));
      this.body.append(this.rows.at(-1).element);
    }
    while (this.rows.length > layers.length) this.rows.pop().element.remove();
    const known = records.filter(({ shape }) => shape);
    const largest = Math.max(...[{ shape: input_shape }, ...known].flatMap(({ shape }) => shape.slice(1)));
    const sum = (name) => known.reduce((all, record) => all + record[name], 0);
    const most = Object.fromEntries(["parameters", "multiply_adds"].map((name) => [name, Math.max(1, ...known.map((record) => record[name]))]));
    this.input.showShape(input_shape, largest);
    this.input.memory.show(bytesText(4 * input_shape.reduce((all, n) => all * n, 1)));
    this.rows.forEach((row, place) => row.show(layers[place], records[place], largest, most));
    const last = records.length ? records.at(-1).shape : input_shape;
    this.total.output.show(last ? shapeText(last) : "\u2013");
    this.total.parameters.show(commas(sum("parameters")));
    this.total.work.show(commas(sum("multiply_adds")));
    this.total.memory.show(bytesText(sum("memory")));
  }
}
