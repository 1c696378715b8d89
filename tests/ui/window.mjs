/**
 * Opens the built window in a real browser, served with the policy of the real program, on the in-memory host.
 * Whatever the page logs as an error, throws, or is refused by the policy fails the test that caused it.
 */
import assert from 'node:assert/strict';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(join(here, '../../ui/package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const built = process.env.THEKE_APP ?? join(here, '../../ui/test-results/app');
export const pictures = join(here, '../../ui/test-results');

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** The Content-Security-Policy that the program ships. */
function policy() {
  const conf = JSON.parse(readFileSync(join(here, '../../src-tauri/tauri.conf.json'), 'utf8'));
  return conf.app.security.csp;
}

/** Serves the built window, and counts every request that is not for one of its files. */
async function serve() {
  assert.ok(existsSync(join(built, 'index.html')), 'the window is not built: run `npm run build:fake` in ui/');
  const strangers = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = normalize(join(built, path === '/' ? 'index.html' : path));
    if (!file.startsWith(built) || !existsSync(file) || !statSync(file).isFile()) {
      if (path !== '/favicon.ico') strangers.push(request.url);
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy() });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { server, origin: `http://127.0.0.1:${server.address().port}`, strangers };
}

/** Starts a browser with an empty profile; `close` ends everything it started. */
export async function start() {
  const { server, origin, strangers } = await serve();
  const profile = mkdtempSync(join(tmpdir(), 'theke-ui-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.THEKE_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--force-color-profile=srgb'],
    viewport: { width: 1280, height: 800 },
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    permissions: [],
    reducedMotion: 'reduce',
  });
  // The real window freezes the prototypes; a library that writes to one must show here.
  await context.addInitScript(() => {
    if (!location.protocol.startsWith('http')) return;
    Object.freeze(Object.prototype);
    window.__refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.__refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });

  /** A window in the given situation. */
  async function open(query = {}, { width = 1280, height = 800 } = {}) {
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    page.setDefaultTimeout(10_000);
    // Before a profile is open the window speaks the language of the system.
    if (query.lang) await page.addInitScript((lang) => Object.defineProperty(navigator, 'languages', { get: () => [lang] }), query.lang);
    page.troubles = [];
    page.on('pageerror', (error) => page.troubles.push(`thrown: ${error.message}`));
    page.on('console', (line) => {
      if (line.type() === 'error') page.troubles.push(`logged: ${line.text()}`);
    });
    await page.goto(`${origin}/?${new URLSearchParams(query)}`);
    await page.waitForSelector('#app > *');
    return page;
  }

  return {
    open,
    strangers,
    close: async () => {
      await context.close();
      server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Waits until the page has stood unchanged for eight frames: longer than any of its own delays, never a fixed time. */
export async function still(page) {
  await page.evaluate(
    () =>
      new Promise((done) => {
        let seen = '';
        let same = 0;
        const look = () => {
          const now = document.body.innerHTML;
          same = now === seen ? same + 1 : 0;
          seen = now;
          if (same >= 8) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** What is pressed, and what names it. */
export const CONTROLS = 'button, summary, label, [role=menuitem], [role=menuitemcheckbox], [role=tab], h1, h2, dt, legend';

/** Makes the words of every control 40 % longer, as another language may. */
export async function lengthen(page) {
  await page.evaluate((controls) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.data.trim().length > 2 && text.parentElement?.closest(controls)) text.data += 'ẍ'.repeat(Math.ceil(text.data.trim().length * 0.4));
    }
  }, CONTROLS);
}

/** Opens the answer, which is one line until it is wanted, and waits for its route. */
export async function answer(page) {
  await page.getByTestId('composer-open').or(page.getByTestId('composer-body')).first().click();
  await page.getByTestId('route-chip').waitFor();
}

/** Fails on anything the page complained about. */
export async function quiet(page) {
  const refused = await page.evaluate(() => window.__refused);
  assert.deepEqual([...page.troubles, ...refused], []);
}

/** The serious and critical findings of axe, named. */
export async function barriers(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${what}: ${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.any.map((any) => any.message).join(' ')}`).join(' | ')}`);
}
