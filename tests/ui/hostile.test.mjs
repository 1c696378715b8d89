/** Texts that others choose do nothing but stand there: as name, subject, body, file name, medium and HTML. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes } from './hand.mjs';
import { answer, start, still } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const hit = (page) => page.evaluate(() => window.__hit);

/** No element came out of a text, no policy was touched by the window itself, nothing ran, nothing was asked for. */
async function untouched(page) {
  assert.equal(await hit(page), undefined);
  const strange = await page.evaluate(() => ({
    images: document.querySelectorAll('img').length,
    scripts: [...document.scripts].filter((script) => !script.src.includes('/assets/')).length,
    handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some((attribute) => attribute.name.startsWith('on'))).length,
    links: [...document.links].filter((link) => link.protocol === 'javascript:').length,
  }));
  assert.deepEqual(strange, { images: 0, scripts: 0, handlers: 0, links: 0 });
  assert.deepEqual(page.troubles.filter((line) => line.startsWith('thrown')), []);
  assert.deepEqual(browser.strangers, []);
}

test('hostile texts stay texts in every pane', async () => {
  const page = await browser.open({ scenario: 'hostile' });
  const rows = page.getByTestId('conversation-row');
  await rows.first().waitFor();
  const count = await rows.count();
  assert.ok(count >= 6);
  for (let at = 0; at < count; at += 1) {
    await rows.nth(at).click();
    await page.getByTestId('message').last().waitFor();
    await page.getByRole('button', { name: 'Mehr zu dieser Nachricht' }).first().click();
    await page.getByRole('menuitem', { name: 'Einzelheiten' }).click();
    await answer(page);
    await page.getByTestId('route-chip').click();
    await page.keyboard.press('Escape');
  }
  await untouched(page);

  await page.keyboard.press('Control+f');
  await page.keyboard.type('hit');
  await page.locator('mark').first().waitFor();
  await untouched(page);

  await page.keyboard.press('Control+2');
  await page.getByTestId('contact-row').first().click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.keyboard.press('Control+3');
  await page.getByRole('heading', { name: 'Ausgang' }).waitFor();
  await untouched(page);
  await page.close();
});

test('a formatted message runs no script and covers nothing outside its frame', async () => {
  const page = await browser.open({ scenario: 'hostile' });
  const rows = page.getByTestId('conversation-row');
  await rows.first().waitFor();
  const count = await rows.count();
  for (let at = 0; at < count; at += 1) {
    await rows.nth(at).click();
    await page.getByRole('button', { name: 'Mit Formatierung anzeigen' }).first().click();
    const frame = page.locator('iframe');
    await frame.waitFor();
    assert.equal(await frame.getAttribute('sandbox'), '');
    assert.match(await frame.getAttribute('srcdoc'), /Content-Security-Policy/);
    assert.equal(await frame.getAttribute('src'), null);
    await still(page);
  }
  await untouched(page);
  // The message paints itself red over everything it can reach; the composer is not red.
  const box = await page.getByTestId('composer').boundingBox();
  const over = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('[data-testid=composer]') !== null, { x: box.x + 20, y: box.y + 20 });
  assert.equal(over, true);
  await page.close();
});

test('pictures stay out until they are asked for, and links name where they lead', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').filter({ hasText: 'Jonas Weidmann' }).click();
  const frame = page.frameLocator('iframe');
  await frame.getByText('Rechnung 2026-1187').first().waitFor();
  assert.equal(await frame.locator('img').count(), 0);
  await page.getByText('führt zu login.betrug.example').waitFor();
  await page.getByText(/führt woanders hin, als er vorgibt/).waitFor();
  await page.getByRole('button', { name: 'Bilder anzeigen' }).click();
  await frame.locator('img').waitFor({ state: 'attached' });
  assert.deepEqual(browser.strangers, []);
  await page.close();
});

test('a link in a plain text opens outside and names its host where the text hides it', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').filter({ hasText: 'Mira Solbakken' }).click();
  const link = page.getByRole('link', { name: 'https://helme.example/kinder/blau?gr=s', exact: true });
  await becomes(() => link.getAttribute('title'), 'führt zu helme.example');
  await page.getByTestId('message').getByText('(führt zu billig.example)').waitFor();
  const address = page.url();
  await link.click();
  await link.click({ button: 'middle' });
  await still(page);
  assert.equal(page.url(), address);
  assert.equal(page.context().pages().filter((one) => one.url().includes('helme')).length, 0);
  assert.deepEqual(browser.strangers, []);
  await page.close();
});

test('the styles of a message are kept under the policy of the program', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').filter({ hasText: 'Jonas Weidmann' }).click();
  const title = page.frameLocator('iframe').locator('h2');
  await title.waitFor();
  await becomes(() => title.evaluate((element) => getComputedStyle(element).color), 'rgb(15, 107, 102)');
  await page.close();
});

test('a file that can run a program is warned about before it is opened', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').filter({ hasText: 'Familie Brandstätter' }).click();
  await page.getByRole('button', { name: /Farben\.exe/ }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Diese Datei kann Schaden anrichten' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Abbrechen' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.close();
});

test('a file dropped on the window does not replace it', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').first().waitFor();
  const prevented = await page.evaluate(() => {
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.equal(prevented, true);
  await page.close();
});
