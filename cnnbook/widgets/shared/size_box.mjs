// The sliders for sizes, folded away until the reader wants them.
import { h } from "./dom.mjs";
import { Fold } from "./foot.mjs";

/**
 * @param {{ element: HTMLElement }[]} sliders
 * @returns {Fold}
 */
export const sizeBox = (sliders) => {
  const box = h(
    "div",
    { class: "cnn-sliders cnn-sizes" },
    sliders.map(({ element }) => element),
  );
  return new Fold("sizes", () => [box]);
};
