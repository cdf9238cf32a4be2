/// What pages do beyond showing: times of calls go on, and what is live is asked for anew.
///
/// Without it times stand still, and pages with something live load themselves anew.
enum WebScript {
  static let path = "/web.js"

  static let text = """
    "use strict";
    let begun = performance.now();
    const two = (number) => String(number).padStart(2, "0");
    const tick = () => {
      const passed = (performance.now() - begun) / 1000;
      for (const element of document.querySelectorAll("time.elapsed")) {
        const all = Math.floor(Number(element.dataset.seconds) + passed * Number(element.dataset.rate));
        element.textContent = [Math.floor(all / 3600), two(Math.floor(all / 60) % 60), two(all % 60)].join(":");
      }
    };
    if (document.querySelector("time.elapsed, [data-source]")) { setInterval(tick, 250); }
    // What goes on by itself is no news, and would be read out each time.
    const news = (text) => text.replace(/<time[^>]*>[^<]*<\\/time>/g, "");
    for (const region of document.querySelectorAll("[data-source]")) {
      let shown = null;
      const ask = async () => {
        try {
          const answer = await fetch(region.dataset.source, { cache: "no-store", redirect: "manual" });
          if (answer.type === "opaqueredirect" || answer.status === 403) { location.reload(); return; }
          if (answer.ok) {
            const text = await answer.text();
            if (news(text) !== shown) { region.innerHTML = text; begun = performance.now(); }
            shown = news(text);
          }
        } catch { /* The server is away; it is asked again. */ }
        setTimeout(ask, 1000);
      };
      ask();
    }

    """
}
