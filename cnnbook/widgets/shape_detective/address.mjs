// A widget's state in the page's address, on the book's page only: in a notebook the address is JupyterLab's.

export class Address {
  /**
   * @param {string} name
   * @param {{ place?: number }} model - `place`: among the widgets of its name on the page, from 0;
   * undefined in a notebook
   */
  constructor(name, model) {
    this.used = model.place !== undefined;
    this.name = model.place ? `${name}-${model.place + 1}` : name;
  }

  parts() {
    return location.hash.slice(1).split("&").filter(Boolean);
  }

  // The text that the address holds for this widget, or undefined.
  read() {
    const start = `${this.name}=`;
    const part = this.used ? this.parts().find((one) => one.startsWith(start)) : undefined;
    try {
      return part && decodeURIComponent(part.slice(start.length));
    } catch {
      return part;
    }
  }

  // Other widgets' parts stay; an anchor of the page goes.
  write(text) {
    if (this.used && this.read() !== text) this.replace([...this.others(), `${this.name}=${text}`]);
  }

  clear() {
    if (this.read() !== undefined) this.replace(this.others());
  }

  others() {
    return this.parts().filter((one) => one.includes("=") && !one.startsWith(`${this.name}=`));
  }

  replace(parts) {
    try {
      history.replaceState(
        history.state,
        "",
        parts.length ? `#${parts.join("&")}` : location.pathname + location.search,
      );
    } catch {
      // A browser may refuse many changes in a short time: the next one is soon enough.
    }
  }

  onChange(listener) {
    if (this.used) addEventListener("hashchange", listener);
    return () => removeEventListener("hashchange", listener);
  }
}
