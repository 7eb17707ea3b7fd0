// The first script of a page, in words that older browsers understand: light or dark before anything is drawn,
// and whether what can be live will be. Without it the page is light, and its widgets say that they are still.
(function () {
  const root = document.documentElement;
  let mode = null;
  try {
    mode = localStorage.getItem("mode");
  } catch {
    mode = null; // storage is blocked
  }
  root.dataset.mode = mode || "auto";
  if (root.dataset.mode !== "auto") root.dataset.theme = mode;
  else root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  // The newest of what the widgets need.
  if (window.CSS && CSS.supports("color", "color-mix(in oklab, red, blue)")) root.dataset.live = "";
})();
