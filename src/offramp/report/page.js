"use strict";
(() => {
  const specs = JSON.parse(document.getElementById("specs").textContent);
  const views = [];
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);

  function showTip(handler, event, item, value) {
    if (value === null || value === undefined || value === "") { tip.hidden = true; return; }
    tip.textContent = String(value);
    tip.hidden = false;
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = Math.max(8, Math.min(event.clientX + 14, room)) + "px";
    const below = event.clientY + 16;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.top = (fits ? below : Math.max(4, event.clientY - tip.offsetHeight - 12)) + "px";
  }

  const noLoader = () => ({
    load: () => Promise.reject(new Error("nothing is loaded")),
    sanitize: () => Promise.reject(new Error("nothing is loaded")),
    http: () => Promise.reject(new Error("nothing is loaded")),
    file: () => Promise.reject(new Error("nothing is loaded")),
  });

  const inner = (panel, spec) => {
    const p = spec.padding || {};
    return Math.max(120, Math.floor(panel.clientWidth) - (p.left || 0) - (p.right || 0));
  };

  async function draw(panel) {
    const spec = specs[panel.dataset.chart];
    const place = document.createElement("div");
    place.className = "live";
    place.hidden = true;
    panel.append(place);
    const view = new vega.View(vega.parse(spec, null, { ast: true }), {
      expr: vegaInterpreter.expressionInterpreter, renderer: "svg", loader: noLoader(), logLevel: vega.Error,
    }).tooltip(showTip).initialize(place);
    const fluid = panel.hasAttribute("data-fluid");
    if (fluid && panel.clientWidth) view.width(inner(panel, spec));
    await view.runAsync();
    place.hidden = false;
    panel.classList.add("drawn");
    views.push({ view, panel, spec, fluid });
  }

  let frame = 0;
  function refit() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      for (const { view, panel, spec, fluid } of views) {
        if (fluid && panel.clientWidth && view.width() !== inner(panel, spec)) view.width(inner(panel, spec)).runAsync();
      }
    });
  }

  let picked = "";
  function pick(key) {
    picked = picked === key ? "" : key;
    for (const b of document.querySelectorAll("[data-pick]")) {
      b.setAttribute("aria-pressed", String(b.dataset.pick === picked));
    }
    for (const { view, spec } of views) {
      if ((spec.signals || []).some((s) => s.name === "picked")) view.signal("picked", picked).runAsync();
    }
  }

  function tabs(box) {
    const pages = [...box.querySelectorAll(":scope > .tab")];
    if (pages.length < 2) return;
    const bar = document.createElement("div");
    bar.className = "tabbar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Strategy");
    const show = (n) => {
      pages.forEach((page, k) => { page.classList.toggle("off", k !== n); });
      [...bar.children].forEach((b, k) => b.setAttribute("aria-pressed", String(k === n)));
      refit();
    };
    pages.forEach((page, n) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = page.dataset.name;
      b.addEventListener("click", () => show(n));
      bar.append(b);
    });
    box.prepend(bar);
    box.classList.add("on");
    show(0);
  }

  for (const box of document.querySelectorAll(".tabs")) tabs(box);
  for (const b of document.querySelectorAll("[data-pick]")) b.addEventListener("click", () => pick(b.dataset.pick));
  window.addEventListener("resize", refit);
  window.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") { tip.hidden = true; if (picked) pick(picked); } });

  // On paper nothing can be unfolded; browsers that do not know ::details-content print what is closed as closed.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details.rest:not([open])")];
    for (const d of unfolded) d.open = true;
  });
  window.addEventListener("afterprint", () => { for (const d of unfolded) d.open = false; unfolded = []; });

  (async () => {
    for (const panel of document.querySelectorAll("[data-chart]")) {
      try { await draw(panel); } catch (error) { console.error(error); }
      await new Promise((go) => setTimeout(go, 0));
    }
    if (picked) { const key = picked; picked = ""; pick(key); }
    document.documentElement.dataset.ready = "yes";
  })();
})();
