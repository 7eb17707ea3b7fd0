// The first script of a page, in words that old browsers understand: light or dark before anything is drawn,
// and whether what can be live will be. Without it the page is light, and its widgets say that they are still.
/* oxlint-disable no-var, no-unused-vars */
(function () {
  var root = document.documentElement;
  var mode = null;
  try {
    mode = localStorage.getItem("mode");
  } catch (error) {
    mode = null; // storage is blocked
  }
  root.dataset.mode = mode || "auto";
  if (root.dataset.mode !== "auto") root.dataset.theme = mode;
  else root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  // The newest of what the widgets need.
  if (window.CSS && CSS.supports("color", "color-mix(in oklab, red, blue)")) root.dataset.live = "";
})();
