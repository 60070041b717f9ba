// The page in a real browser: it says everything, asks for nothing, and can be found one's way in.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, field, launch, library, open, serve } from "./world.mjs";

const DAY = "2024-09-20";
let plan, browser, server;

before(async () => {
  plan = library();
  const files = new Map([
    ["/page", plan.loti(DAY, "export", "html", "--since", "2024-09-09")],
    ["/internal", plan.loti(DAY, "export", "html", "--internal")],
  ]);
  plan.loti(DAY, "export", "site", "site");
  for (const name of ["index.html", "theme-reach.html", "history.html"]) {
    files.set(`/${name}`, plan.read(join("site", name)));
  }
  server = await serve(files);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  plan?.remove();
});

const rows = (tab) => tab.locator(".kr:visible").evaluateAll((all) => all.map((row) => row.id));
const pages = ["/page", "/internal", "/index.html", "/theme-reach.html", "/history.html"];

test("nothing is said to the console, and nothing is asked for but the page", async () => {
  for (const page of pages) {
    server.asked.length = 0;
    const { tab, said, context } = await open(browser, server.url + page);
    await tab.waitForTimeout(200);
    assert.deepEqual(said, [], page);
    assert.deepEqual(server.asked, [page]);
    await context.close();
  }
});

test("the policy holds: no script but the page's own, no request, no markup from text", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`);
  server.asked.length = 0;
  const tried = await tab.evaluate(async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
    const script = document.createElement("script");
    try { script.text = "window.hit = 1"; document.body.append(script); } catch { refused.push("trusted-types"); }
    try { document.body.innerHTML = "<p>"; } catch { refused.push("trusted-types"); }
    document.body.append(Object.assign(new Image(), { src: "/picture" }));
    await fetch("/data").catch(() => {});
    const styled = document.createElement("p");
    styled.setAttribute("style", "color: red");
    document.body.append(styled);
    await new Promise((done) => setTimeout(done, 200));
    return { refused, hit: window.hit, red: getComputedStyle(styled).color === "rgb(255, 0, 0)" };
  });
  assert.equal(tried.hit, undefined);
  assert.equal(tried.red, false);
  for (const directive of ["trusted-types", "img-src", "connect-src", "style-src-attr"]) {
    assert.ok(tried.refused.includes(directive), `${directive} of ${tried.refused}`);
  }
  assert.deepEqual(server.asked, []);
  await context.close();
});

test("without script the page says all of it", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`, { javaScriptEnabled: false });
  assert.equal((await rows(tab)).length, 10);
  assert.equal(await tab.locator("#find").isVisible(), false);
  const text = await tab.locator("body").innerText();
  for (const words of [
    "days left 25", "key results done 1 of 10", "with 72 % of the time gone",
    "260 of 400 books a month", "22 points behind the time gone", "off track",
    "Two of five suppliers are late.", "Can you help?", "What changed since 9 Sep 2024",
    "on track → done", "Left out, because it is not public: 1 objective and 1 key result",
    "As of 20 Sep 2024: revision ", "Library team",
  ]) {
    assert.ok(text.replace(/\s+/g, " ").includes(words.replace(/\s+/g, " ")), words);
  }
  assert.ok(!text.includes("children's librarian"), "what is private");
  await context.close();
});

test("what is internal says so, and what is not does not", async () => {
  const internal = await open(browser, `${server.url}/internal`);
  const text = await internal.tab.locator("body").innerText();
  assert.ok(text.includes("Internal.") && text.includes("children's librarian"));
  await internal.context.close();
  const own = await open(browser, `${server.url}/page`);
  assert.ok(!(await own.tab.locator("body").innerText()).includes("Internal."));
  await own.context.close();
});

test("key results are found by status, theme, owner and words, and the address keeps it", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`);
  await field(tab, "status").selectOption("off-track");
  assert.deepEqual(await rows(tab), ["kr-8"]);
  assert.match(await tab.locator("#found").innerText(), /^1 of 10 key results/);
  assert.match(tab.url(), /#status=off-track$/);
  assert.equal(await tab.locator("#theme-reach").isVisible(), false);
  await tab.reload();
  assert.deepEqual(await rows(tab), ["kr-8"]);
  await tab.getByRole("button", { name: "Clear" }).click();
  await tab.waitForFunction(() => !location.hash);
  assert.equal((await rows(tab)).length, 10);
  await field(tab, "theme").selectOption("house");
  assert.deepEqual(await rows(tab), ["kr-10", "kr-11", "kr-13"]);
  await field(tab, "theme").selectOption("");
  await field(tab, "owner").selectOption("Ana Lima");
  assert.deepEqual(await rows(tab), ["kr-6"]);
  await field(tab, "owner").selectOption("");
  await field(tab, "q").fill("BUS full");
  assert.deepEqual(await rows(tab), ["kr-3"]);
  await context.close();
});

test("key results are put in order, and back into the plan's", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`);
  const planned = await rows(tab);
  await field(tab, "sort").selectOption("status");
  assert.equal((await rows(tab))[0], "kr-8");
  await field(tab, "sort").selectOption("due");
  assert.equal((await rows(tab))[0], "kr-5");
  await field(tab, "sort").selectOption("");
  assert.deepEqual(await rows(tab), planned);
  assert.equal(await tab.locator("#objective-schools .kr").count(), 2);
  await context.close();
});

test("each key result has a place to link to", async () => {
  const { tab, context } = await open(browser, `${server.url}/page#kr-9`);
  assert.ok(await tab.locator("#kr-9").evaluate((row) => row.matches(":target")));
  await tab.getByRole("link", { name: "8 Bring the median wait" }).last().click();
  assert.match(tab.url(), /#kr-8$/);
  await context.close();
});

test("the keyboard alone reaches everything, and shows where it is", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`, { reducedMotion: "reduce" });
  const wanted = await tab.locator("a[href]:visible, input:visible, select:visible, button:visible, summary:visible").count();
  const reached = new Set();
  for (let step = 0; step < wanted; step++) {
    await tab.keyboard.press("Tab");
    const at = await tab.evaluate(() => {
      const own = document.activeElement;
      const box = own.getBoundingClientRect();
      window.met ??= [];
      if (!window.met.includes(own)) window.met.push(own);
      return {
        number: window.met.indexOf(own),
        outline: getComputedStyle(own).outlineStyle,
        isSeen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
        name: own.textContent.slice(0, 30),
      };
    });
    reached.add(at.number);
    assert.notEqual(at.outline, "none", at.name);
    assert.ok(at.isSeen, at.name);
  }
  // The link over the header is seen once it is reached.
  assert.equal(reached.size, wanted);
  await tab.reload();
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("href")), "#kr-3");
  await context.close();
});

test("a narrow phone need not be scrolled sideways", async () => {
  for (const page of pages) {
    for (const width of [320, 390, 768]) {
      const { tab, context } = await open(browser, server.url + page, { viewport: { width, height: 640 } });
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${page} is ${wide} wide on ${width}`);
      await context.close();
    }
  }
});

test("in print no key result is cut, and links say where they lead", async () => {
  const { tab, context } = await open(browser, `${server.url}/page`);
  const squeeze = (text) => text.replace(/[\s\u00ad]+/g, "");
  const parts = await tab.locator(".kr").evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll("h4, p, li, .id")].map((part) => part.textContent)));
  const file = join(plan.folder, "page.pdf");
  writeFileSync(file, await tab.pdf({ format: "A4" }));
  const sheets = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }).split("\f").map(squeeze);
  assert.ok(sheets.length > 2, "several sheets");
  for (const texts of parts) {
    const wanted = texts.map(squeeze).filter((text) => text.length > 6);
    const found = sheets.some((sheet) => wanted.every((text) => sheet.includes(text.slice(0, 40))));
    assert.ok(found, `${texts[1]} on one sheet`);
  }
  assert.ok(sheets.join("").includes("https://harbour.example.org/bus"));
  await context.close();
});

test("nothing stands in the way of those who see or hear pages otherwise", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const page of pages) {
      const { tab, context } = await open(browser, server.url + page, { colorScheme });
      await tab.evaluate(axe);
      const found = await tab.evaluate(() => window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      const told = found.violations.map((own) => `${own.id}: ${own.nodes.map((node) => node.html).slice(0, 3)}`);
      assert.deepEqual(told, [], `${page} in the ${colorScheme}`);
      await context.close();
    }
  }
});
