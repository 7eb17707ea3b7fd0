// What every widget does when it goes live: it dresses its element, follows its model, and keeps an error to itself.

// `View` is a class: new View({ model, el, set }) fills el; view.ready?, a promise, says when it can start;
// view.update() shows the model's state; view.stop?.() ends it.
export function defineWidget(name, View) {
  async function render({ model, el }) {
    el.classList.add("cnnbook-widget");
    el.dataset.widget = name;
    el.dataset.lmSuppressShortcuts = "true";
    const guard = (action) => {
      try {
        return action();
      } catch (error) {
        el.dataset.failed = error.message;
        el.replaceChildren(Object.assign(document.createElement("p"), {
          className: "cnnbook-error",
          role: "alert",
          textContent: `This ${name} stopped (${error.message}). The rest of the page is not affected.`,
        }));
        console.warn(error);
        return undefined;
      }
    };
    let view;
    let waiting = false;
    const follow = () => {
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        guard(() => view.update());
      });
    };
    const set = (changes) => {
      for (const [key, value] of Object.entries(changes)) model.set(key, value);
      model.save_changes();
    };
    guard(() => {
      view = new View({ model, el, set });
    });
    try {
      await view?.ready;
    } catch (error) {
      guard(() => {
        throw error;
      });
    }
    if (el.dataset.failed) return undefined;
    guard(() => {
      view.update();
      model.on("change", follow);
      el.dataset.ready = "true";
    });
    return () => {
      model.off("change", follow);
      view?.stop?.();
    };
  }
  return { render };
}
