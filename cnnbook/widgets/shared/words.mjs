// A line that says in words what the picture shows. The line follows at once; a screen reader hears it
// when the gesture has ended, and not while something plays.
import { h, setText } from "./dom.mjs";

const PAUSE = 500;

export class Words {
  constructor() {
    this.line = h("p", { class: "cnn-words", "aria-hidden": "true" });
    this.voice = h("p", { class: "cnn-unseen", "aria-live": "polite" });
    this.element = h("div", {}, this.line, this.voice);
    this.silent = false;
  }

  show(text) {
    setText(this.line, text);
    clearTimeout(this.timer);
    if (!this.silent) this.timer = setTimeout(() => setText(this.voice, text), PAUSE);
  }

  // For a screen reader alone, at once.
  tell(text) {
    clearTimeout(this.timer);
    setText(this.voice, text);
  }

  // Something went wrong: say so until the next change.
  warn(text) {
    this.line.classList.add("cnn-warning");
    this.show(text);
    this.warned = true;
  }

  calm() {
    this.line.classList.remove("cnn-warning");
    this.warned = false;
  }
}
