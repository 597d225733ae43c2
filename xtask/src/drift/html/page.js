"use strict";
// Everything is readable without this: it only hides what is not looked for.
(() => {
  const root = document.documentElement;
  const search = document.querySelector("#search");
  const theme = document.querySelector("#theme");
  const kinds = [...document.querySelectorAll("button.kind")];
  const vendors = [...document.querySelectorAll("button.vendor")];
  const pages = [...document.querySelectorAll("section.page")].map((page) => ({
    page,
    vendor: page.dataset.vendor,
    head: page.querySelector(".head").textContent.toLowerCase(),
    items: [...page.querySelectorAll("li")].map((item) => ({
      item, kind: item.dataset.kind, text: item.textContent.toLowerCase(),
    })),
  }));
  const on = (button) => button.getAttribute("aria-pressed") === "true";

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set(kinds.filter((button) => !on(button)).map((button) => button.dataset.kind));
    const only = vendors.find(on)?.dataset.vendor ?? "";
    let shown = 0;
    for (const { page, vendor, head, items } of pages) {
      let here = 0;
      for (const { item, kind, text } of items) {
        const fits = (!only || vendor === only) && !off.has(kind) && words.every((word) => text.includes(word) || head.includes(word));
        item.hidden = !fits;
        here += fits ? 1 : 0;
      }
      page.hidden = here === 0;
      shown += here;
    }
    for (const heading of document.querySelectorAll("h2[data-vendor]")) {
      heading.hidden = !pages.some(({ page, vendor }) => vendor === heading.dataset.vendor && !page.hidden);
    }
    document.querySelector("#shown").textContent = shown;
    document.querySelector(".empty").hidden = shown > 0;
  };

  for (const button of kinds) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!on(button)));
      show();
    });
    // A double click looks at one kind alone, and the next at all of them again.
    button.addEventListener("dblclick", () => {
      const alone = kinds.every((other) => on(other) === (other === button));
      for (const other of kinds) other.setAttribute("aria-pressed", String(alone || other === button));
      show();
    });
  }
  for (const button of vendors) {
    button.addEventListener("click", () => {
      for (const other of vendors) other.setAttribute("aria-pressed", String(other === button));
      show();
    });
  }
  search.addEventListener("input", show);
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
  show();
})();
