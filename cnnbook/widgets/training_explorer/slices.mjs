// Work in slices: a few milliseconds of each frame, so that the page stays free. It rests while nobody can
// see it.

const BUDGET = 5; // milliseconds of a frame
const LAID_OUT = 3; // of it the page needs so many to lay out what was drawn
const DRAWN = 50; // milliseconds from one drawing to the next: the work has most frames for itself

export class Slices {
  /**
   * @param {object} owner
   * @param {HTMLElement} owner.element - what has to be seen
   * @param {() => void} owner.onDraw - now and then: it shows how far the work is
   * @param {() => void} owner.onEnd
   */
  constructor({ element, onDraw, onEnd }) {
    Object.assign(this, { onDraw, onEnd, work: null, frame: 0, seen: true, drawn: 0 });
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
    const start = performance.now();
    let late = start + BUDGET;
    if (start - this.drawn > DRAWN) {
      this.drawn = start;
      late -= LAID_OUT;
      this.onDraw();
    }
    let done = false;
    do ({ done = false } = this.work.next());
    while (!done && performance.now() < late);
    if (!done) return void this.ask();
    this.stop();
    this.onEnd();
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
