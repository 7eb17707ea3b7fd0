// What the reader looks at in some grids: what is pinned, else what is under the pointer, else what has the
// focus.

export class Look {
  /**
   * @param {() => void} changed - called after every change. A place is { grid, index }; `grid` is anything
   * that tells the owner's grids apart
   */
  constructor(changed) {
    this.changed = changed;
    this.forget();
  }

  get at() {
    return this.pinned ?? this.hovered ?? this.focused;
  }

  forget() {
    Object.assign(this, { pinned: null, hovered: null, focused: null });
  }

  // Forget the places that are gone.
  keep(exists) {
    for (const how of ["pinned", "hovered", "focused"]) if (this[how] && !exists(this[how])) this[how] = null;
  }

  // The index that is pinned in a grid, or null.
  pinnedIn(grid) {
    return this.pinned?.grid === grid ? this.pinned.index : null;
  }

  inspect(grid, index, how) {
    const key = how === "hover" ? "hovered" : "focused";
    if (index !== null) this[key] = { grid, index };
    else if (this[key]?.grid === grid) this[key] = null;
    if (how === "focus" && index !== null) this.hovered = null;
    this.changed();
  }

  pin(grid, index) {
    this.pinned = { grid, index };
    this.changed();
  }

  release() {
    this.pinned = null;
    this.changed();
  }
}
