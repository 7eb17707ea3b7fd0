// What style alone cannot do: reach with the keyboard what scrolls sideways, print what is folded, save a
// notebook.
(() => {
  const SIDEWAYS = {
    "mjx-container": "formula",
    ".pst-scrollable-table-container": "table",
    ".cell_output .text_html": "output",
  };

  function reachable(element, name) {
    const wide = element.scrollWidth > element.clientWidth;
    element.toggleAttribute("data-wide", wide);
    for (const [attribute, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": name })) {
      if (wide) element.setAttribute(attribute, value);
      else element.removeAttribute(attribute);
    }
  }

  // A displayed formula that is too wide for its place is set smaller, as long as it can be read.
  const LEAST = 0.66;

  function fit(formula) {
    const full = (formula.dataset.full ??= formula.style.fontSize || "100%");
    formula.style.fontSize = full;
    const ratio = formula.clientWidth / formula.scrollWidth;
    if (ratio < 1 && formula.clientWidth)
      formula.style.fontSize = `calc(${full} * ${Math.max(LEAST, 0.99 * ratio)})`;
  }

  // A figure that is shown smaller than it is gets a button that shows it as large as it is.
  function enlargeable(place) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: "enlarge",
    });
    button.addEventListener("click", () => {
      const large = place.toggleAttribute("data-enlarged");
      button.textContent = large ? "fit" : "enlarge";
    });
    place.classList.add("book-figure");
    place.append(button);
    const small = () => {
      const image = [...place.querySelectorAll("img")].find(({ offsetParent }) => offsetParent);
      if (!image || place.hasAttribute("data-enlarged")) return;
      place.toggleAttribute("data-small", image.width < 0.9 * image.getAttribute("width"));
    };
    new ResizeObserver(small).observe(place);
  }

  // From the disk the search page cannot fetch the pages that it found; a script holds their texts.
  function readTexts() {
    const { src } = document.currentScript;
    const texts = new Promise((done) => {
      const script = document.createElement("script");
      script.src = new URL("cnnbook/texts.js", src).href;
      script.onload = script.onerror = () => done(window.cnnbookTexts ?? {});
      document.head.append(script);
    });
    const root = new URL("..", src).href;
    window.fetch = async (address) => {
      const name = new URL(address, location.href).href.replace(root, "").split("#")[0];
      return { text: async () => (await texts)[decodeURIComponent(name)] ?? "" };
    };
  }

  if (document.querySelector("#search-results")) {
    if (location.protocol === "file:") readTexts();
    document.querySelector("form.bd-search input").focus();
  }

  for (const button of document.querySelectorAll("[data-print]"))
    button.addEventListener("click", () => print());

  addEventListener("load", async () => {
    // Without their script the widgets say that they are still.
    if (!globalThis.cnnbookLoader) delete document.documentElement.dataset.live;
    for (const image of document.querySelectorAll(".cell_output img.in-light"))
      enlargeable(image.parentElement);
    await window.cnnbookFormulas;
    const formulas = document.querySelectorAll('mjx-container[display="true"]');
    const column = new ResizeObserver(() => formulas.forEach(fit));
    column.observe(document.querySelector(".bd-article-container"));
    for (const [selector, name] of Object.entries(SIDEWAYS)) {
      const observer = new ResizeObserver((changes) =>
        changes.forEach(({ target }) => reachable(target, name)),
      );
      for (const element of document.querySelectorAll(selector)) observer.observe(element);
    }
    document.documentElement.dataset.settled = "";
  });

  // A link to a section stays on it while the widgets above become live, until its reader does something.
  let follows = true;
  const land = () => {
    const still = document.querySelector(".cnnbook-widget[data-state]");
    if (follows) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    follows &&= still !== null || !("settled" in document.documentElement.dataset);
  };
  for (const event of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(event, () => (follows = false), { capture: true, passive: true });
  addEventListener("hashchange", () => (follows = true));
  const article = document.querySelector(".bd-article");
  if (article) new ResizeObserver(land).observe(article);

  let restore = null;

  function toPaper() {
    if (restore) return;
    const { theme } = document.documentElement.dataset;
    const folded = document.querySelectorAll("details:not([open])");
    for (const details of folded) details.open = true;
    document.documentElement.dataset.theme = "light";
    restore = () => {
      for (const details of folded) details.open = false;
      document.documentElement.dataset.theme = theme;
      restore = null;
    };
  }

  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", () => restore?.());
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? toPaper() : restore?.()));

  // From the disk a browser shows a notebook instead of saving it; a script beside it holds its text.
  function save(event) {
    const link = event.target.closest?.('a[href$=".ipynb"]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    const script = document.createElement("script");
    script.src = `${link.href}.js`;
    script.onerror = () => open(link.href);
    script.onload = () => {
      const copy = document.createElement("a");
      copy.href = URL.createObjectURL(
        new Blob([window.cnnbookNotebook], { type: "application/x-ipynb+json" }),
      );
      copy.download = decodeURIComponent(link.pathname.split("/").pop());
      copy.click();
      script.remove();
    };
    document.head.append(script);
  }

  if (location.protocol === "file:") addEventListener("click", save);
})();
