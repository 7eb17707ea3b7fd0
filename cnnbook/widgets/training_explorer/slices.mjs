// Work in slices: a few milliseconds of each frame, so that the page stays free. It rests while nobody can
// see it.

const BUDGET = 5; // milliseconds of work in a frame; what is drawn comes on top

export class Slices {
  /**
   * @param {object} owner
   * @param {HTMLElement} owner.element - what has to be seen
   * @param {() => void} owner.onFrame - after the work of each frame
   * @param {() => void} owner.onEnd
   */
  constructor({ element, onFrame, onEnd }) {
    Object.assign(this, { onFrame, onEnd, work: null, frame: 0, seen: true });
    this.observer = new IntersectionObserver((entries) => {
      this.seen = entries.at(-1)?.isIntersecting ?? true;
      this.ask();
    });
    this.observer.observe(element);
  }

  get busy() {
    return this.work !== null;
  }

  /** @param {Iterator<any>} work - it is asked for more until it is done */
  start(work) {
    this.work = work;
    this.ask();
  }

  ask() {
    if (this.work && this.seen && !this.frame) this.frame = requestAnimationFrame(() => this.go());
  }

  go() {
    this.frame = 0;
    const late = performance.now() + BUDGET;
    let done = false;
    while (!done && performance.now() < late) ({ done = false } = this.work.next());
    if (done) this.stop();
    this.onFrame();
    if (done) this.onEnd();
    else this.ask();
  }

  // Leave the work as it is.
  stop() {
    this.work = null;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  close() {
    this.stop();
    this.observer.disconnect();
  }
}
