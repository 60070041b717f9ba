// A browser, and pages that this build of loti made, handed out by a server that writes down what it
// is asked for. What tests/tools/install fetched is in target/tools/browser.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(new URL("../../target/tools/browser/", import.meta.url));
const { chromium } = require("playwright-core");

export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// The programs are found as the tests' own environment says; nobody's configuration has a say.
const environment = (day) => ({
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  LC_ALL: "C.UTF-8",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ana",
  GIT_AUTHOR_EMAIL: "ana@example.org",
  GIT_COMMITTER_NAME: "Ana",
  GIT_COMMITTER_EMAIL: "ana@example.org",
  GIT_AUTHOR_DATE: `${day}T12:00:00Z`,
  GIT_COMMITTER_DATE: `${day}T12:00:00Z`,
  LOTI_TODAY: day,
});

// A folder with a plan in it, gone with the world.
export class Plan {
  constructor(text) {
    this.folder = mkdtempSync(join(tmpdir(), "loti-browser-"));
    writeFileSync(join(this.folder, "okrs.toml"), text);
  }

  loti(day, ...words) {
    const options = { cwd: this.folder, env: environment(day), maxBuffer: 1 << 28, encoding: "utf8" };
    return execFileSync(process.env.LOTI, words, options);
  }

  git(day, ...words) {
    execFileSync("git", words, { cwd: this.folder, env: environment(day) });
  }

  commit(day) {
    this.git(day, "add", ".");
    this.git(day, "commit", "--quiet", "--message", "Plan");
  }

  read(name) {
    return readFileSync(join(this.folder, name), "utf8");
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

// The second year of a library, with a quarter's history.
export const library = () => {
  const plan = new Plan(read("library.toml"));
  plan.git("2024-07-15", "init", "--quiet", "--initial-branch=main");
  plan.commit("2024-07-15");
  for (const line of read("library.txt").split("\n").filter(Boolean)) {
    const [day, ...words] = line.split(" ");
    const note = words.indexOf("-m");
    const said = note < 0 ? [] : ["-m", words.splice(note).slice(1).join(" ")];
    plan.loti(day, "set", ...words, ...said);
    plan.commit(day);
  }
  return plan;
};

// Its own sandbox is nothing that root can have.
export const launch = () => chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: process.getuid() === 0 ? ["--no-sandbox"] : [],
});

// Hands out files by their names, and keeps what it was asked for.
export const serve = async (files) => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const file = files.get(request.url);
    const type = request.url.endsWith(".xml") ? "application/atom+xml" : "text/html; charset=utf-8";
    response.writeHead(file === undefined ? 404 : 200, { "content-type": type });
    response.end(file);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { asked, close: () => server.close(), url: `http://127.0.0.1:${server.address().port}` };
};

// A tab that writes down whatever it has to say.
export const open = async (browser, url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  const said = [];
  tab.on("console", (message) => said.push(message.text()));
  tab.on("pageerror", (error) => said.push(error.message));
  tab.on("dialog", (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(url);
  return { tab, said, context };
};

// A field of the form by which key results are found.
export const field = (tab, name) => tab.locator(`#find [name=${name}]`);
