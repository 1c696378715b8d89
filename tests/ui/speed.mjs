/**
 * Prints how long the window's own script and layout take for what is done most: scrolling the list, opening a conversation, opening the
 * palette. In the browser on the in-memory host, so the figures compare one state of the code with another; the program's own figures are
 * those of `cargo bench-all ui`. `--slow=4` slows the processor down. `npm run build:fake` first.
 */
import { start } from './window.mjs';

const slow = Number(process.argv.find((word) => word.startsWith('--slow='))?.split('=')[1] ?? 1);
const ROWS = 3000;
const FRAMES = 300;
const ROUNDS = 12;

const browser = await start();
const page = await browser.open({ people: String(ROWS) });
const processor = await page.context().newCDPSession(page);
await page.getByTestId('conversation-row').first().waitFor();

/** Everything is measured inside the page: the driver's own round trips are no part of it. */
await page.evaluate(async ([rows, frames]) => {
  const list = document.querySelector('[role=listbox]');
  const height = () => list.firstElementChild.offsetHeight;
  const rowHeight = list.querySelector('[role=option]').offsetHeight;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (height() < rows * rowHeight) {
    list.scrollTop = height();
    await frame();
  }
  list.scrollTop = 0;
  for (let at = 0; at < 30; at += 1) await frame();
  window.__scroll = async (step) => {
    const times = [];
    list.scrollTop = 0;
    for (let at = 0; at < 30; at += 1) await frame();
    for (let at = 0; at < frames; at += 1) {
      await frame();
      const begin = performance.now();
      list.scrollTop += step;
      list.dispatchEvent(new Event('scroll'));
      for (let turn = 0; turn < 8; turn += 1) await null;
      void document.body.getBoundingClientRect().height;
      times.push(performance.now() - begin);
    }
    return times;
  };
}, [ROWS, FRAMES]);

const at = (times, share) => times.sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
const line = (name, times) => console.log(`${name.padEnd(34)} median ${at(times, 0.5).padStart(6)} ms   p95 ${at(times, 0.95).padStart(6)} ms   worst ${at(times, 1).padStart(6)} ms`);

await processor.send('Emulation.setCPUThrottlingRate', { rate: slow });
line('scroll, a wheel notch a frame', await page.evaluate(() => window.__scroll(120)));
line('scroll, a screen a frame', await page.evaluate((step) => window.__scroll(step), 700));

/** The longest that the page was held up between a key and what it brings. */
async function held(begin, shown) {
  await page.evaluate(() => {
    let beat = performance.now();
    window.__held = 0;
    window.__beats = setInterval(() => {
      window.__held = Math.max(window.__held, performance.now() - beat);
      beat = performance.now();
    }, 2);
  });
  await begin();
  await shown();
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    clearInterval(window.__beats);
    done(window.__held);
  })))));
}

const palette = [];
const opened = [];
for (let round = 0; round < ROUNDS; round += 1) {
  palette.push(await held(() => page.keyboard.press('Control+k'), () => page.locator('[data-testid=palette] [role=option]').first().waitFor()));
  await page.keyboard.press('Escape');
  await page.getByTestId('palette').waitFor({ state: 'detached' });
  opened.push(await held(() => page.locator('[role=option]').nth(round % 8).click(), () => page.getByRole('log').locator('[data-message]').first().waitFor()));
}
line('palette, longest task', palette);
line('conversation, longest task', opened);
await browser.close();
