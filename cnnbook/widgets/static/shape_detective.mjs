// ShapeDetective: stack layers, and see the shape and the cost of each.
import { h } from "./dom.mjs";
import { follow } from "./layer_rules.mjs";
import { parse } from "./layer_words.mjs";
import { StackTable } from "./stack_table.mjs";
import { defineWidget } from "./widget.mjs";
import { Words } from "./words.mjs";

class ShapeDetective {
  constructor({ model, el, set }) {
    Object.assign(this, { model, set });
    this.words = new Words();
    this.table = new StackTable();
    el.append(this.table.element, this.words.element);
  }

  update() {
    const layers = this.model.get("stack").map(parse);
    const shape = this.model.get("input_shape");
    this.table.show(shape, layers, follow(layers, shape));
  }
}

export default defineWidget("ShapeDetective", ShapeDetective);
