"use strict";
(() => {
  const find = document.getElementById("find");
  const all = [...document.querySelectorAll(".kr")];
  if (!find || all.length === 0) return;
  const form = find.querySelector("form");
  const said = document.getElementById("found");
  const flat = document.getElementById("sorted");
  const rows = all.map((row, order) => ({
    row, order, home: row.parentNode, text: null, data: row.dataset,
    theme: row.closest("[data-theme]").dataset.theme,
  }));
  const groups = [...document.querySelectorAll(".objective, .theme")];
  const statuses = ["off-track", "at-risk", "not-started", "on-track", "done", "dropped"];
  const number = (word) => (word === undefined ? Infinity : Number(word));
  const orders = {
    due: (a, b) => (a.data.due || "9").localeCompare(b.data.due || "9"),
    status: (a, b) => statuses.indexOf(a.data.status) - statuses.indexOf(b.data.status),
    progress: (a, b) => number(a.data.progress) - number(b.data.progress),
    title: (a, b) => title(a).localeCompare(title(b)),
  };
  const title = (own) => own.row.querySelector("h4").textContent;
  const text = (own) => (own.text ??= own.row.textContent.toLowerCase());
  const asked = () => Object.fromEntries(new FormData(form));
  let sorted = "";

  const sort = (order) => {
    if (order === sorted) return;
    sorted = order;
    const compare = orders[order];
    const list = compare ? [...rows].sort((a, b) => compare(a, b) || a.order - b.order) : rows;
    const places = new Map();
    for (const own of list) {
      const place = compare ? flat.lastElementChild : own.home;
      if (!places.has(place)) places.set(place, document.createDocumentFragment());
      places.get(place).append(own.row);
    }
    for (const [place, part] of places) place.append(part);
    flat.hidden = !compare;
  };

  const show = () => {
    const { q = "", status = "", theme = "", owner = "", sort: order = "" } = asked();
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const own of rows) {
      const fits = (!status || own.data.status === status)
        && (!theme || own.theme === theme)
        && (!owner || own.data.owner === owner)
        && words.every((word) => text(own).includes(word));
      own.row.hidden = !fits;
      shown += fits;
    }
    sort(order);
    const isAll = shown === rows.length;
    for (const group of groups) {
      const own = group.querySelector(".kr");
      group.hidden = sorted ? true : !isAll && !(own && group.querySelector(".kr:not([hidden])"));
    }
    said.textContent = isAll
      ? ""
      : `${shown} of ${rows.length} key results. Counts and percentages stay the whole plan’s.`;
  };

  const remember = () => {
    const state = Object.entries(asked()).filter(([, value]) => value);
    const hash = new URLSearchParams(state).toString();
    const place = location.pathname + location.search;
    history.replaceState(null, "", hash ? `#${hash}` : place);
  };

  const recall = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) {
      const target = hash && document.getElementById(hash);
      if (target && target.hidden) { form.reset(); show(); target.scrollIntoView(); }
      return;
    }
    const state = new URLSearchParams(hash);
    for (const field of form.elements) if (field.name) field.value = state.get(field.name) || "";
    for (const field of form.elements) if (field.value === "" && field.options) field.selectedIndex = 0;
    show();
  };

  form.addEventListener("input", () => { show(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { show(); remember(); }));
  addEventListener("hashchange", recall);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((own) => { own.open = true; }));
  find.hidden = false;
  recall();
})();
