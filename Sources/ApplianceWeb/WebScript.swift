/// What pages do beyond showing: times of calls go on. Without it they stand still and nothing else is missing.
enum WebScript {
  static let path = "/web.js"

  static let text = """
    "use strict";
    const begun = performance.now();
    const two = (number) => String(number).padStart(2, "0");
    const tick = () => {
      const passed = (performance.now() - begun) / 1000;
      for (const element of document.querySelectorAll("time.elapsed")) {
        const all = Math.floor(Number(element.dataset.seconds) + passed * Number(element.dataset.rate));
        element.textContent = [Math.floor(all / 3600), two(Math.floor(all / 60) % 60), two(all % 60)].join(":");
      }
    };
    if (document.querySelector("time.elapsed")) { setInterval(tick, 250); }

    """
}
