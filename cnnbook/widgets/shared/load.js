// Import modules whose texts stand in a table: each gets a blob address after the ones that it imports.
// Equal texts have one address on a page, so that many widgets in a notebook load their modules once.
globalThis.cnnbookLoader = (texts) => {
  const addresses = (globalThis.cnnbookAddresses ??= new Map());
  const found = new Map();
  function addressOf(name) {
    if (found.has(name)) return found.get(name);
    if (!(name in texts)) throw new Error(`the module ${name} is not on this page`);
    const text = texts[name].replace(
      /(\bfrom\s*)"([\w/-]+\.(?:mjs|json))"/g,
      (_, from, needed) => `${from}"${addressOf(needed)}"`,
    );
    if (!addresses.has(text)) {
      const blob = new Blob([`${text}\n//# sourceURL=cnnbook/${name}`], { type: "text/javascript" });
      addresses.set(text, URL.createObjectURL(blob));
    }
    found.set(name, addresses.get(text));
    return found.get(name);
  }
  return (name) => import(addressOf(name));
};
