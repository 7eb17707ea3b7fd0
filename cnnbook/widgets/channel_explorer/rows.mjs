// The chain from the patches to one number: a row a channel (patch, slice, products, sum), then the sums and
// the bias.
import { largest } from "../shared/arrays.mjs";
import { h, setText, sign, withSign } from "../shared/dom.mjs";
import { NumberGrid } from "../shared/grid.mjs";
import { inBrackets, proseText } from "../shared/numbers.mjs";
import { PictureView } from "../shared/picture_view.mjs";

const KINDS = [
  ["patch", "cnn-shade"],
  ["slice", "kernel"],
  ["products", "output"],
];

const ROOM = 5; // letters of a product at least, so that a larger weight moves nothing

export class ChannelRows {
  /**
   * @param {object} owner
   * @param {string[]} owner.names
   * @param {(place: number) => object} owner.thumb - what pointing at a channel does
   * @param {(place: number, edit?: Function) => object} owner.reactions - what a grid reports
   * @param {(channel: number, index: number, value: number) => void} owner.onWeight
   * @param {(value: number) => void} owner.onBias
   */
  constructor({ names, thumb, reactions, onWeight, onBias }) {
    Object.assign(this, { names, reactions });
    this.rows = names.map((name, c) => this.row(name, c, thumb, onWeight));
    this.heads = ["patch", "", "products", "sum"].map((name) => h("span", {}, name));
    this.bias = this.grid("bias", "bias", "kernel", null, (index, value) => onBias(value));
    this.biasTerm = h(
      "span",
      { class: "cnn-addend cnn-kernel" },
      h("small", { "aria-hidden": "true" }, "bias"),
      this.bias.table,
    );
    this.totalName = h("small");
    this.total = h("span", { class: "cnn-total" });
    this.swatch = h("span", { class: "cnn-swatch", "aria-hidden": "true" });
    this.closing = h("div", { class: "cnn-closing" });
    this.element = h(
      "div",
      { class: "cnn-chain" },
      h("div", { class: "cnn-heads", "aria-hidden": "true" }, this.heads),
      this.rows.map(({ element }) => element),
      this.closing,
    );
  }

  row(name, c, thumb, onWeight) {
    const role = this.names.length === 3 ? name : "input";
    const [patch, slice, products] = KINDS.map(([kind, of]) =>
      this.grid(
        `${name} ${kind}`,
        kind,
        `${of === "cnn-shade" ? `${role} cnn-shade` : of}`,
        c,
        kind === "slice" ? (index, value) => onWeight(c, index, value) : null,
      ),
    );
    const picture = new PictureView({ name, role, focusable: false, on: thumb });
    const sum = h("span", { class: "cnn-part" });
    const numbers = [
      box(patch),
      withSign(sign("\u2299"), box(slice)),
      withSign(sign("="), box(products)),
      h("span", { class: "cnn-sign cnn-arrow", "aria-hidden": "true" }, "\u2192"),
      sum,
    ];
    const none = h("span", { class: "cnn-unseen-words" });
    const label = h("b", {}, name);
    const element = h(
      "div",
      { class: `cnn-channel cnn-${role}` },
      h("div", { class: "cnn-who" }, label, picture.area),
      numbers,
      none,
    );
    const addend = h("span", { class: `cnn-addend cnn-${role}` }, h("small", {}, name), h("span"));
    return { element, patch, slice, products, picture, sum, numbers, none, addend };
  }

  grid(name, kind, role, channel, edit) {
    const place = { kind, channel };
    const grid = new NumberGrid({ name, role, editable: edit !== null, on: this.reactions(place, edit) });
    return Object.assign(grid, { place });
  }

  // Sizes, numbers of the filter and its name; `letters` keeps the columns of equal width while the window
  // moves.
  showFilter(k, { first, slices }, shape, bias, letters) {
    this.own = { k, first, slices, shape, letters };
    setText(this.heads[1], `filter ${k}`);
    const most = Math.max(...slices.map(largest));
    this.rows.forEach(({ element, patch, slice, products, numbers, none }, c) => {
      const mine = slices[c - first];
      element.classList.toggle("unseen", !mine);
      for (const one of numbers) one.hidden = !mine;
      none.hidden = Boolean(mine);
      setText(none, `filter ${k} has no slice for it`);
      if (!mine) return;
      for (const [grid, wide] of [
        [patch, letters.patch],
        [slice, letters.slice],
        [products, letters.products],
      ]) {
        grid.layOut(shape);
        sizeBox(grid, shape, Math.max(2, wide));
      }
      slice.write(mine, most, null, letters.slice);
    });
    this.bias.layOut([1, 1]);
    this.bias.write([bias], 0);
    this.close(first, first + slices.length);
  }

  // The sums of these channels, the bias and the total.
  close(from, to) {
    if (this.closed === `${from},${to}`) return;
    this.closed = `${from},${to}`;
    const parts = this.rows.slice(from, to).flatMap(({ addend }) => [addend, sign("+")]);
    this.closing.replaceChildren(
      ...parts,
      this.biasTerm,
      sign("="),
      h("span", { class: "cnn-addend cnn-output" }, this.totalName, this.total),
      this.swatch,
    );
  }

  // The numbers of one window, with what the reader looks at; returns the sums and, in words, the product
  // that the reader looks at.
  showWindow({ row, column, picture, padding, white, value, level }, look) {
    const {
      k,
      first,
      slices,
      shape: [K_h, K_w],
      letters,
    } = this.own;
    const [H, W] = picture.shape;
    const outside = (i, j) =>
      row + i < padding || row + i >= H - padding || column + j < padding || column + j >= W - padding;
    look.keep(({ grid: { channel }, index }) => channel === null || index < K_h * K_w);
    const { at } = look;
    const all = slices.map((slice, s) => {
      const plane = picture.planes[first + s];
      const patch = slice.map((_, i) => plane[(row + Math.floor(i / K_w)) * W + column + (i % K_w)]);
      return { patch, products: patch.map((pixel, i) => pixel * slice[i]) };
    });
    const most = Math.max(...all.map(({ products }) => largest(products)));
    let said = "";
    const sums = all.map(({ patch, products }, s) => {
      const c = first + s;
      const view = this.rows[c];
      const total = products.reduce((sum, product) => sum + product, 0);
      view.patch.write(patch, 0, (pixel) => Math.min(255, Math.max(0, (255 * pixel) / white)), letters.patch);
      view.products.write(products, most, null, letters.products);
      const lit = at?.grid.channel === c ? at.index : -1;
      for (const kind of ["patch", "slice", "products"]) {
        const zero = (i, j) => (kind === "patch" && outside(i, j) ? " padding" : "");
        const marks = (i, j, index) => (index === lit ? "lit" : "") + zero(i, j);
        view[kind].mark(marks, look.pinnedIn(view[kind].place));
      }
      if (lit >= 0)
        said = ` Looked at: ${this.names[c]}, ${inBrackets(patch[lit])} \u00b7 ${inBrackets(slices[s][lit])} = ${proseText(products[lit])}.`;
      setText(view.sum, proseText(total));
      view.sum.dataset.value = total;
      setText(view.addend.lastChild, inBrackets(total));
      return total;
    });
    this.bias.mark(() => "", look.pinnedIn(this.bias.place));
    setText(this.totalName, `output[${k}, ${row}, ${column}]`);
    setText(this.total, proseText(value));
    this.total.dataset.value = value;
    this.swatch.style.background = `rgb(${level} ${level} ${level})`;
    return { sums, said };
  }
}

// A box as large as its grid can become: what changes inside moves nothing outside.
const box = (grid) => h("div", { class: "cnn-scroller cnn-patch" }, grid.table);

function sizeBox(grid, [rows, columns], letters) {
  const size = `--rows:${rows};--columns:${columns};--letters:${letters}`;
  if (grid.size !== size) grid.table.parentElement.style.cssText = size;
  grid.size = size;
}

/**
 * @param {import("../shared/pictures.mjs").Picture} picture
 * @param {ArrayLike<number>[]} slices
 * @returns {object} how wide the widest numbers can be
 */
export function lettersOf(picture, slices) {
  const { most, whole, negative } = (picture.facts ??= factsOf(picture.planes));
  const weights = factsOf(slices);
  const widest = (value, round) => (round ? String(Math.round(value)) : value.toFixed(2)).length;
  const minus = Number(negative || weights.negative);
  return {
    patch: widest(most, whole) + Number(negative),
    slice: widest(weights.most, weights.whole) + Number(weights.negative),
    products: Math.max(ROOM, widest(most * weights.most, whole && weights.whole) + minus),
  };
}

const factsOf = (planes) => ({
  most: Math.max(...planes.map(largest)),
  whole: planes.every((plane) => plane.every(Number.isInteger)),
  negative: planes.some((plane) => plane.some((value) => value < 0)),
});
