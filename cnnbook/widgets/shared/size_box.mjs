// The sliders for sizes, folded away until the reader wants them.
import { h, KEEP_KEYS } from "./dom.mjs";

/**
 * @param {{ element: HTMLElement }[]} sliders
 * @returns {HTMLElement}
 */
export const sizeBox = (sliders) =>
  h(
    "details",
    { class: "cnn-sizes" },
    h("summary", { ...KEEP_KEYS }, "sizes"),
    h(
      "div",
      { class: "cnn-sliders" },
      sliders.map(({ element }) => element),
    ),
  );
