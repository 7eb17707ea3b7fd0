// Pointing at pictures moves the frame on them, at most once a frame of the screen; a click or Space pins it.

export class Pointing {
  /**
   * @param {object} owner
   * @param {() => { row: number, column: number }} owner.at - what is shown
   * @param {() => [number, number]} owner.size - how many rows and columns there are
   * @param {(place: { row: number, column: number }) => void} owner.go - show another one
   * @param {(pinned: boolean) => void} owner.hold - it is pinned or let go
   */
  constructor({ at, size, go, hold }) {
    Object.assign(this, { at, size, go, hold, pinned: false, target: null });
  }

  // What a PictureView reports. `place(row, column)` is where the frame goes when that pixel is pointed at.
  reactions(place) {
    return {
      point: (row, column) => {
        if (!this.pinned) this.move(place(row, column));
      },
      step: (down, right) => {
        const { row, column } = this.target ?? this.at();
        this.move({ row: row + down, column: column + right });
      },
      pin: () => this.hold(true),
      release: () => this.hold(false),
    };
  }

  move({ row, column, ...more }) {
    const [H, W] = this.size();
    const clamp = (value, count) => Math.min(count - 1, Math.max(0, value));
    const waiting = this.target !== null;
    this.target = { row: clamp(row, H), column: clamp(column, W), ...more };
    if (!waiting) requestAnimationFrame(() => this.arrive());
  }

  arrive() {
    const { target } = this;
    this.target = null;
    if (target) this.go(target);
  }
}
