// How MathJax sets a page's formulas: a few at a time, those in sight first, so that a reader who scrolls or
// plays meanwhile is answered. The promise is kept, too, where a part of MathJax is missing.
/* oxlint-disable no-undef */ // MathJax is one of the page; LOADED is written in by the build
window.cnnbookFormulas = new Promise((done) => {
  const A_TURN = 12; // milliseconds
  const near = ({ top, bottom }) => bottom > 0 && top < innerHeight;

  async function setAll() {
    const all = [...document.querySelectorAll(".math")];
    const inSight = all.filter((element) => near(element.getBoundingClientRect()));
    const formulas = [...new Set([...inSight, ...all])];
    let began = performance.now();
    while (formulas.length) {
      await window.MathJax.typesetPromise(formulas.splice(0, 4));
      if (performance.now() - began < A_TURN) continue;
      await new Promise((next) => setTimeout(next));
      began = performance.now();
    }
  }

  function failed(error) {
    console.warn(error);
    done();
  }

  window.MathJax = {
    loader: { load: ["its parts"], failed },
    startup: { typeset: false, pageReady: () => setAll().then(done, failed) },
  };
});
