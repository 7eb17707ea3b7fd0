// Make the static copies on a page live. A copy is an element with its widget's name and state: <div
// class="cnnbook-widget" data-widget="ConvolutionExplorer" data-module="convolution_explorer.mjs" data-
// state="{...}">
(() => {
  // In an older browser they stay what they are. The book's first script, head.js, asks the same.
  if (!CSS.supports("color", "color-mix(in oklab, red, blue)")) return;
  const load = globalThis.cnnbookLoader(window.cnnbookModules);

  // What an anywidget model offers to a view, without a kernel behind it.
  class Model {
    constructor(state, place) {
      this.state = state;
      this.place = place; // among the widgets of its name on the page
      this.listeners = new Map();
    }
    get(name) {
      return this.state[name];
    }
    set(name, value) {
      if (Object.is(this.state[name], value)) return;
      this.state[name] = value;
      this.emit(`change:${name}`);
      this.emit("change");
    }
    save_changes() {}
    on(events, listener) {
      for (const event of events.split(" ")) {
        if (!this.listeners.has(event)) this.listeners.set(event, new Set());
        this.listeners.get(event).add(listener);
      }
    }
    off(events, listener) {
      for (const event of events.split(" ")) this.listeners.get(event)?.delete(listener);
    }
    emit(event) {
      for (const listener of Array.from(this.listeners.get(event) ?? [])) listener();
    }
  }

  async function hydrate(element) {
    const namesakes = document.querySelectorAll(`[data-widget="${element.dataset.widget}"]`);
    const place = [...namesakes].indexOf(element);
    try {
      const widget = (await load(element.dataset.module)).default;
      const model = new Model(JSON.parse(element.dataset.state), place);
      const live = element.cloneNode(false);
      await widget.render({ model, el: live });
      if (live.dataset.failed) throw new Error(live.dataset.failed);
      live.removeAttribute("data-state");
      live.model = model;
      element.replaceWith(live);
    } catch (error) {
      const message = document.createElement("p");
      message.className = "cnnbook-error";
      message.setAttribute("role", "alert");
      message.textContent = `This ${element.dataset.widget} could not start (${error.message}). What it shows first stands below.`;
      element.prepend(message);
      element.dataset.failed = error.message;
    }
  }

  // Those near the reader first; the others one by one, whenever the page has nothing else to do.
  const waiting = new Set(document.querySelectorAll(".cnnbook-widget[data-state]"));
  const start = (element) => waiting.delete(element) && hydrate(element);
  const pause = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        start(target);
      }
    },
    { rootMargin: "25% 0%" },
  );
  for (const element of waiting) near.observe(element);
  (async () => {
    while (waiting.size) {
      await pause();
      const [next] = waiting;
      if (next) await start(next);
    }
  })();
})();
