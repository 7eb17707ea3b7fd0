// A slider through a list of numbers. Python may set one that is not in it: the nearest place, its own text.
import { Slider } from "../shared/slider.mjs";

export class ListSlider extends Slider {
  /** @param {{ name: string, list: number[], onInput: (value: number) => void }} owner */
  constructor({ name, list, onInput }) {
    const text = () => String(this.value);
    super({ name, min: 0, max: list.length - 1, text, onInput: (place) => onInput(list[place]) });
    this.list = list;
  }

  show(value) {
    this.value = value;
    const far = this.list.map((one) => Math.abs(Math.log(one / value)));
    super.show(far.indexOf(Math.min(...far)));
  }
}
