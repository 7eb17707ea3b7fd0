// What every widget does when it goes live: it dresses its element, follows its model, and keeps an error to
// itself.

import { keepOwnKeys } from "./own_keys.mjs";

/**
 * @param {string} name
 * @param {new (context: { model: any, el: HTMLElement, set: (changes: object) => void }) => any} View - it
 * fills el; view.ready?, a promise, says when it can start; view.update() shows the model's state;
 * view.stop?.() ends it
 * @returns {{ render: (context: { model: any, el: HTMLElement }) => Promise<() => void> }}
 */
export function defineWidget(name, View) {
  async function render({ model, el }) {
    el.classList.add("cnnbook-widget");
    el.dataset.widget = name;
    const freeKeys = keepOwnKeys(el);
    let view;
    let waiting = false;
    const follow = () => {
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        if (el.dataset.failed) return;
        try {
          view.update();
        } catch (error) {
          fail(error);
        }
      });
    };
    const stop = () => {
      model.off("change", follow);
      freeKeys();
      view?.stop?.();
    };
    const fail = (error) => {
      stop();
      el.dataset.failed = error.message;
      delete el.dataset.ready;
      el.replaceChildren(
        message(`This ${name} stopped (${error.message}). The rest of the page is not affected.`),
      );
      console.warn(error);
    };
    const set = (changes) => {
      for (const [key, value] of Object.entries(changes)) model.set(key, value);
      model.save_changes();
    };
    try {
      view = new View({ model, el, set });
      await view.ready;
      view.update();
      model.on("change", follow);
      el.dataset.ready = "true";
    } catch (error) {
      fail(error);
    }
    return stop;
  }
  return { render };
}

function message(text) {
  const element = document.createElement("p");
  element.className = "cnnbook-error";
  element.setAttribute("role", "alert");
  element.textContent = text;
  return element;
}
