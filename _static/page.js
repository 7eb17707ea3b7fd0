// What style alone cannot do: reach with the keyboard what scrolls sideways, print what is folded, save a notebook.
(() => {
  const SIDEWAYS = { "mjx-container": "formula", ".pst-scrollable-table-container": "table", ".cell_output .text_html": "output" };

  function reachable(element, name) {
    const wide = element.scrollWidth > element.clientWidth;
    element.toggleAttribute("data-wide", wide);
    for (const [attribute, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": name })) {
      if (wide) element.setAttribute(attribute, value);
      else element.removeAttribute(attribute);
    }
  }

  addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    for (const [selector, name] of Object.entries(SIDEWAYS)) {
      const observer = new ResizeObserver((changes) => changes.forEach(({ target }) => reachable(target, name)));
      for (const element of document.querySelectorAll(selector)) observer.observe(element);
    }
    document.documentElement.dataset.settled = "";
  });

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
      copy.href = URL.createObjectURL(new Blob([window.cnnbookNotebook], { type: "application/x-ipynb+json" }));
      copy.download = decodeURIComponent(link.pathname.split("/").pop());
      copy.click();
      script.remove();
    };
    document.head.append(script);
  }

  if (location.protocol === "file:") addEventListener("click", save);
})();
