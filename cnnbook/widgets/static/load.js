// Import modules whose texts stand in a table: each gets a blob address, made once, after the ones it imports.
function cnnbookLoader(texts) {
  const addresses = new Map();
  function addressOf(name) {
    if (!addresses.has(name)) {
      if (!(name in texts)) throw new Error(`the module ${name} is not on this page`);
      const text = texts[name].replace(/(\sfrom\s+)"\.\/([\w-]+\.mjs)"/g, (_, from, needed) => `${from}"${addressOf(needed)}"`);
      const blob = new Blob([`${text}\n//# sourceURL=cnnbook/${name}`], { type: "text/javascript" });
      addresses.set(name, URL.createObjectURL(blob));
    }
    return addresses.get(name);
  }
  return (name) => import(addressOf(name));
}
