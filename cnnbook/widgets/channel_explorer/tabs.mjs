// A row of tabs over one panel: one tab stop; arrow keys, Home and End choose.
import { h, newId } from "../shared/dom.mjs";
import { uses } from "../shared/own_keys.mjs";

export class Tabs {
  /**
   * @param {{ name: string, panel: HTMLElement, onChoose: (index: number) => void }} owner - it answers a
   * choice with show(labels, index)
   */
  constructor({ name, panel, onChoose }) {
    Object.assign(this, { onChoose, panel, tabs: [], key: null });
    panel.id = newId();
    panel.setAttribute("role", "tabpanel");
    this.element = h("div", {
      role: "tablist",
      class: "cnn-tabs",
      "aria-label": name,
      onkeydown: (event) => this.press(event),
    });
  }

  press(event) {
    if (event.altKey || !uses(event.target, event)) return;
    const last = this.tabs.length - 1;
    const to = {
      ArrowRight: this.index === last ? 0 : this.index + 1,
      ArrowLeft: this.index === 0 ? last : this.index - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.onChoose(to);
    this.tabs[to].focus();
  }

  // labels: for each tab what it is called, and the elements to show after its name.
  show(labels, index) {
    const key = JSON.stringify(labels.map(({ name, key: more }) => [name, more]));
    if (key !== this.key) {
      this.key = key;
      this.tabs = labels.map(({ name, parts }, i) =>
        h(
          "button",
          {
            type: "button",
            role: "tab",
            id: newId(),
            "aria-controls": this.panel.id,
            onclick: () => this.onChoose(i),
          },
          name,
          parts(),
        ),
      );
      this.element.replaceChildren(...this.tabs);
    }
    this.index = index;
    this.tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
    });
    this.panel.setAttribute("aria-labelledby", this.tabs[index].id);
  }
}
