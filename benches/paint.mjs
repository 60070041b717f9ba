// How soon a browser paints a page and how well it scrolls, by the browser's own trace.
// Needs what tests/tools/install fetches, and chromium.
//
//   cargo run --release --example big-plan -- 10000 > /tmp/okrs.toml
//   loti -f /tmp/okrs.toml export html --today 2021-09-20 -o /tmp/okrs.html
//   node benches/paint.mjs /tmp/okrs.html
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(new URL("../target/tools/browser/", import.meta.url));
const { chromium } = require("playwright-core");
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const told = { paint: [], loaded: [], frame: [], worst: [] };
for (let round = 0; round < 5; round++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["blink.user_timing", "loading", "devtools.timeline"] },
    transferMode: "ReportEvents",
  });
  await tab.goto(`file://${resolve(process.argv[2])}`);
  // A second of scrolling, a screen a time.
  const frames = await tab.evaluate(() => new Promise((done) => {
    const times = [];
    let last = performance.now();
    const step = (now) => {
      times.push(now - last);
      last = now;
      scrollBy({ top: 900, behavior: "instant" });
      if (times.length < 60) requestAnimationFrame(step); else done(times.slice(1));
    };
    requestAnimationFrame(step);
  }));
  const ended = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await ended;
  const at = (name) => events.filter((event) => event.name === name).map((event) => event.ts);
  const paint = Math.min(...at("firstContentfulPaint"));
  const began = Math.max(...at("navigationStart").filter((ts) => ts < paint));
  told.paint.push((paint - began) / 1000);
  told.loaded.push((Math.max(...at("loadEventEnd")) - began) / 1000);
  told.frame.push(median(frames));
  told.worst.push(Math.max(...frames));
  await context.close();
}
await browser.close();
const round = (all) => `${median(all).toFixed(0)} ms (${all.map((own) => own.toFixed(0)).join(" ")})`;
console.log(`first contentful paint  ${round(told.paint)}`);
console.log(`loaded                  ${round(told.loaded)}`);
console.log(`frame while scrolling   ${round(told.frame)}`);
console.log(`slowest frame           ${round(told.worst)}`);
