// The layers that have maps, each a row of pictures under its name.
import { largest } from "../shared/arrays.mjs";
import { Maps } from "./maps.mjs";

const NAMES = { conv: "convolution", relu: "ReLU", tanh: "tanh", maxpool: "max pooling" };

// The layer before the flattening is what a linear layer looks at.
const before = (layers, k) => (layers[k - 1]?.kind === "flatten" ? k - 2 : k - 1);

export class Layers {
  /**
   * @param {import("../shared/network.mjs").LayerOf[]} layers
   * @param {import("../shared/conv2d.mjs").Tensor[]} outputs - of some picture: their shapes
   * @param {(place: { k: number, channel: number, row: number, column: number }) => void} choose
   */
  constructor(layers, outputs, choose) {
    this.layers = layers;
    this.maps = layers.map(({ kind }, k) => {
      const [, ...shape] = outputs[k + 1].shape;
      return NAMES[kind] ? new Maps(this.nameOf(k), shape, (place) => choose({ k, ...place })) : null;
    });
    this.elements = this.maps.flatMap((maps) => (maps ? [maps.element] : []));
  }

  // The name of a layer, with its number if there are several of a kind.
  nameOf(k) {
    const same = this.layers.flatMap(({ kind }, at) => (kind === this.layers[k].kind ? [at] : []));
    const name = NAMES[this.layers[k].kind];
    return same.length > 1 ? `${name} ${same.indexOf(k) + 1}` : name;
  }

  show(outputs, colours) {
    for (const [k, maps] of this.maps.entries())
      maps?.show(outputs[k + 1], largest(outputs[k + 1].data), colours);
  }

  // Frame the number that is looked into, and the window that it came from.
  mark({ k, ...place }, window) {
    const from = before(this.layers, k);
    for (const [at, maps] of this.maps.entries())
      maps?.mark(at === k ? place : null, at === from ? window : null);
  }
}
