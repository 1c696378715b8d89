/** The frame: F6 through the panes of every area, where the focus and the list stay, the wide rail, sizes by width of the window. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, row, rows } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

/** What has the focus: its part of the window. */
const where = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    const pane = at?.closest('[data-pane], [role=log], [data-testid=composer], [data-testid=new-message], aside, main');
    return pane?.dataset.pane ?? pane?.getAttribute('role') ?? pane?.dataset.testid ?? pane?.tagName.toLowerCase() ?? at?.tagName.toLowerCase();
  });
const walk = async (page, key, steps) => {
  const seen = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press(key);
    seen.push(await where(page));
  }
  return seen;
};

test('F6 goes from pane to pane and back, and past a closed answer without opening it', async () => {
  const page = await browser.open();
  await row(page, 'Anna Petersen').click();
  await page.getByTestId('message').first().waitFor();
  await page.getByTestId('composer-open').waitFor();
  await page.getByRole('listbox').focus();
  assert.deepEqual(await walk(page, 'F6', 6), ['log', 'composer', 'aside', 'status', 'areas', 'list']);
  await becomes(() => page.getByTestId('composer-body').count(), 0);
  assert.deepEqual(await walk(page, 'Shift+F6', 3), ['areas', 'status', 'aside']);
  await quiet(page);
  await page.close();
});

test('F6 reaches the panes of the other areas too', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  for (const [key, there] of [['Control+3', 'outbox-row'], ['Control+4', 'reply-row']]) {
    await page.keyboard.press(key);
    await page.getByTestId(there).first().waitFor();
    const seen = await walk(page, 'F6', 4);
    assert.ok(seen.includes('list') || seen.includes('main'), `${key}: ${seen}`);
    assert.ok(seen.includes('status') && seen.includes('areas'), `${key}: ${seen}`);
  }
  await page.keyboard.press('Control+5');
  await page.locator('[data-page=sending]').click();
  assert.deepEqual((await walk(page, 'F6', 4)).sort(), ['areas', 'list', 'main', 'status']);
  await quiet(page);
  await page.close();
});

test('changing the area by key loses neither the focus nor the place in the list', async () => {
  const page = await browser.open({ people: '300' });
  await rows(page).first().waitFor();
  const list = page.getByRole('listbox');
  await list.focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('PageDown');
  const top = await list.evaluate((element) => element.scrollTop);
  assert.ok(top > 1000, `scrolled to ${top}`);
  await page.keyboard.press('Control+5');
  await page.locator('[data-page=accounts]').waitFor();
  await becomes(() => where(page), 'areas');
  await page.keyboard.press('Control+2');
  await page.getByRole('listbox', { name: 'Kunden' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'listbox');
  await page.keyboard.press('Control+1');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'listbox');
  await becomes(() => list.evaluate((element) => element.scrollTop), top);
  await quiet(page);
  await page.close();
});

test('the areas show their names on wish, and that is remembered', async () => {
  let page = await browser.open({}, { width: 1400, height: 800 });
  await rows(page).first().waitFor();
  const nav = (shown) => shown.getByRole('navigation', { name: 'Bereiche' });
  const width = async (shown) => (await nav(shown).boundingBox()).width;
  await becomes(() => width(page), 56);
  await nav(page).getByRole('button', { name: 'Bereiche mit Namen zeigen' }).click();
  await nav(page).getByText('Textbausteine').waitFor();
  await becomes(() => width(page), 208);
  await page.close();
  page = await browser.open({}, { width: 1400, height: 800 });
  await rows(page).first().waitFor();
  await becomes(() => width(page), 208);
  // A narrow window has no room for it.
  await page.setViewportSize({ width: 800, height: 700 });
  await page.waitForFunction(() => document.querySelector('nav[aria-label]')?.getBoundingClientRect().width === 56);
  await quiet(page);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('sizes of the panes belong to the width of the window', async () => {
  const page = await browser.open({}, { width: 1280, height: 800 });
  const line = page.getByRole('separator', { name: 'Breite der Liste' });
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await becomes(() => line.getAttribute('aria-valuenow'), '360');
  await page.setViewportSize({ width: 1700, height: 800 });
  await page.waitForFunction(() => document.querySelector('[role=separator]')?.getAttribute('aria-valuenow') === '344');
  await line.focus();
  await page.keyboard.press('End');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForFunction(() => document.querySelector('[role=separator]')?.getAttribute('aria-valuenow') === '360');
  await page.setViewportSize({ width: 1700, height: 800 });
  await page.waitForFunction(() => document.querySelector('[role=separator]')?.getAttribute('aria-valuenow') === '480');
  await page.evaluate(() => localStorage.clear());
  await page.close();
});
