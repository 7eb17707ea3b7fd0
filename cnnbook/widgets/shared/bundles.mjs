// Bundled data that a widget asks for by its name: it came with the page, or with the model in a notebook.
import { decode } from "./arrays.mjs";

/** @typedef {import("./arrays.mjs").Numbers} Numbers */

const unpacked = new Map();

// Bytes that were deflated, in base64 again.
/** @param {{ dtype: string, shape: number[], deflated: string }} packed */
async function inflated({ deflated, ...array }) {
  const bytes = Uint8Array.from(atob(deflated), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const plain = new Uint8Array(await new Response(stream).arrayBuffer());
  let text = "";
  for (let start = 0; start < plain.length; start += 4096)
    text += String.fromCharCode(...plain.subarray(start, start + 4096));
  return decode({ ...array, base64: btoa(text) });
}

async function unpack(found) {
  const entries = Object.entries(found).map(async ([name, value]) => [
    name,
    value.deflated ? await inflated(value) : value,
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * @param {string} name
 * @param {Record<string, any>} [packed] - the trait `_bundles` of the model
 * @returns {Promise<Record<string, any>>} its arrays, as { dtype, shape, data }, and what is none
 */
export function bundleOf(name, packed) {
  if (!unpacked.has(name)) {
    const found = globalThis.cnnbookBundles?.[name] ?? packed?.[name];
    if (!found) throw new Error(`the data ${name} is not on this page`);
    unpacked.set(name, unpack(found));
  }
  return unpacked.get(name);
}
