// The host's colours as numbers, for what is drawn pixel by pixel.

const HOSTS = () => [document.documentElement, document.body];

// They stand on its body, and a view may not stand on the page yet.
/** @returns {{ ink: number[], maps: number[][] }} red, green and blue: of the ink; of above and below 0 */
export function colours() {
  const style = getComputedStyle(document.body);
  const of = (name) => {
    const number = parseInt(style.getPropertyValue(name).trim().slice(1), 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  };
  return { ink: of("--cnn-text"), maps: [of("--cnn-output"), of("--cnn-negative")] };
}

/**
 * @param {() => void} changed - the host turned light or dark
 * @returns {MutationObserver}
 */
export function whenTheme(changed) {
  const observer = new MutationObserver(changed);
  for (const host of HOSTS())
    observer.observe(host, { attributeFilter: ["data-theme", "data-jp-theme-light", "class"] });
  return observer;
}
