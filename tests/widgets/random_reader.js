// A reader who does anything: carry out gestures on a live widget, and say after which one it is not alive.
// A gesture is { kind, numbers }: what it meets is chosen by its numbers out of what is there then, so that a
// shorter list of gestures can be carried out, too.
globalThis.cnnbookReader = async ({ element, gestures, states }) => {
  const KEYS = [
    "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Enter", "Escape", " ",
    "Delete", "Backspace", "F2", "Tab", "-", "7", ".", "a", "z",
  ]; // prettier-ignore
  const TYPED = [
    "", "3", "-2", "0.5", "1/9", "256*256*3", "1e3", "nonsense", "--", "1/0", "1e999", "NaN", "\u00bd", "9".repeat(40),
    " 4 ", "196.608", "<b>", "0x10",
  ]; // prettier-ignore
  const errors = [];
  const blame = ({ error, reason, message }) => errors.push(String((error ?? reason)?.stack ?? reason ?? message));
  addEventListener("error", blame);
  addEventListener("unhandledrejection", blame);

  const shown = (selector) =>
    [...element.querySelectorAll(selector)].filter((one) => !one.disabled && one.checkVisibility());
  const pick = (selector, number) => {
    const all = shown(selector);
    return all[number % all.length];
  };
  const at = (target, [, across, down], type = "mouse") => {
    const { left, top, width, height } = target.getBoundingClientRect();
    const clientX = left + (width * (across % 101)) / 100;
    const clientY = top + (height * (down % 101)) / 100;
    return { bubbles: true, cancelable: true, pointerType: type, pointerId: 1, isPrimary: true, clientX, clientY };
  };
  const send = (target, names, options) => {
    for (const name of names) {
      const Kind = name === "click" || name.startsWith("pointer") ? PointerEvent : Event;
      target.dispatchEvent(new Kind(name, name.endsWith("leave") ? { ...options, bubbles: false } : options));
    }
  };
  const POINTED = "td, th, .cnn-picture, canvas, [role=tab], .cnn-product, button";
  const TEXT = "input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea";

  const does = {
    point(numbers) {
      const target = pick(POINTED, numbers[0]);
      if (target) send(target, ["pointerover", "pointermove"], at(target, numbers));
    },
    leave([number]) {
      const target = pick("table, .cnn-picture, canvas", number);
      if (target) send(target, ["pointerleave", "pointercancel"], { pointerType: "mouse" });
    },
    click(numbers) {
      const target = pick(`${POINTED}, label, summary`, numbers[0]);
      if (!target || target.querySelector("[type=file]")) return;
      send(target, ["pointerover", "pointerdown", "pointerup"], at(target, numbers));
      target.click();
    },
    tap(numbers) {
      const target = pick("td, th, .cnn-picture, button", numbers[0]);
      if (!target) return;
      send(target, ["pointerdown", "pointerup", "click"], at(target, numbers, "touch"));
    },
    drag(numbers) {
      const target = pick(".cnn-picture, td, button, input", numbers[0]);
      if (!target) return;
      const type = numbers[1] % 2 ? "touch" : "mouse";
      send(target, ["pointerdown"], at(target, numbers, type));
      for (const step of [7, 29, 61]) send(target, ["pointermove"], at(target, [0, numbers[1] + step, numbers[2]], type));
      send(target, [numbers[2] % 3 ? "pointerup" : "pointercancel"], at(target, numbers, type));
    },
    press([number, key, more]) {
      const target = more % 3 ? document.activeElement : pick("[tabindex='0'], button, input, select", number);
      if (!target || !element.contains(target)) return;
      target.focus({ preventScroll: true });
      const [ctrlKey, shiftKey, altKey] = [11, 7, 13].map((every) => more % every === 0);
      const options = { key: KEYS[key % KEYS.length], ctrlKey, shiftKey, altKey, bubbles: true, cancelable: true };
      target.dispatchEvent(new KeyboardEvent("keydown", options));
      target.dispatchEvent(new KeyboardEvent("keyup", options));
    },
    type([number, text, more]) {
      const target = pick(TEXT, number);
      if (!target) return;
      target.focus({ preventScroll: true });
      target.value = TYPED[text % TYPED.length];
      target.dispatchEvent(new InputEvent("input", { bubbles: true }));
      if (more % 4 === 3) return;
      if (more % 4 === 2) target.blur();
      else {
        const key = ["Enter", "Escape"][more % 4];
        target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        target.dispatchEvent(new Event("change", { bubbles: true }));
        if (key === "Enter") target.form?.requestSubmit();
      }
    },
    slide([number, value]) {
      const target = pick("input[type=range]", number);
      if (!target) return;
      const [min, max, step] = [target.min, target.max, target.step].map(Number);
      target.value = min + step * (value % (Math.round((max - min) / step) + 1));
      send(target, ["input", "change"], { bubbles: true });
    },
    choose([number, option]) {
      const target = pick("select, [type=radio], [type=checkbox]", number);
      if (!target) return;
      if (target.localName !== "select") target.click();
      else {
        target.selectedIndex = option % target.options.length;
        send(target, ["input", "change"], { bubbles: true });
      }
    },
    // What Python sets: a whole state.
    set([number]) {
      for (const [name, value] of Object.entries(states[number % states.length])) element.model.set(name, value);
    },
  };

  const turn = (wait) => new Promise((done) => wait(done));
  const settle = async (k) => {
    await turn((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
    if (k % 5 === 4) await turn(requestAnimationFrame);
  };
  let failed = null;
  for (let k = 0; k < gestures.length && failed === null; k += 1) {
    try {
      does[gestures[k].kind](gestures[k].numbers);
    } catch (error) {
      errors.push(error.stack);
    }
    await settle(k);
    if (element.dataset.failed || !("ready" in element.dataset)) errors.push(`it stopped: ${element.dataset.failed}`);
    if (errors.length) failed = { after: k + 1, error: errors.join("\n") };
  }
  // The reader goes away, and what adds up window by window has come to its end.
  send(element, ["pointercancel"], {});
  for (const table of shown("table, .cnn-picture")) send(table, ["pointerleave"], { pointerType: "mouse" });
  document.activeElement?.blur();
  const last = shown(".cnn-stepper input").at(0);
  if (last && !failed) {
    last.value = last.max;
    send(last, ["input", "change"], { bubbles: true });
  }
  for (const timer of [0, 30]) await turn((done) => setTimeout(done, timer));
  await turn(requestAnimationFrame);
  if (!failed && errors.length) failed = { after: gestures.length, error: errors.join("\n") };
  removeEventListener("error", blame);
  removeEventListener("unhandledrejection", blame);
  const grids = {};
  for (const table of shown("table[aria-label]"))
    grids[table.getAttribute("aria-label")] = [...table.rows]
      .filter((row) => !row.hidden && !row.querySelector("select")) // a row that is edited
      .map((row) => [...row.querySelectorAll("td:not([hidden])")].map((cell) => cell.textContent.trim().replaceAll("\u2212", "-")))
      .filter((row) => row.length);
  return { failed, state: { ...element.model.state }, grids };
};
