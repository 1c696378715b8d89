/** How long messages are kept: what would go is said first, and nothing goes without a yes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, settings } from './hand.mjs';
import { quiet, start, still } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

test('what would go is counted before anything goes, and keeping longer asks nothing', async () => {
  const page = await browser.open();
  await settings('privacy')(page);
  const years = page.getByLabel('Erledigtes aufbewahren');
  assert.equal(await years.inputValue(), '0');
  await years.selectOption('3');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('800 Nachrichten').waitFor();
  await dialog.getByText('310 ganze Vorgänge').waitFor();
  await dialog.getByText('1 Notiz', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Abbrechen' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await years.inputValue(), '0', 'nothing was changed');
  await years.selectOption('3');
  await dialog.getByRole('button', { name: 'Entfernen' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await years.inputValue(), '3');
  await years.selectOption('5');
  await still(page);
  assert.equal(await dialog.count(), 0);
  assert.equal(await years.inputValue(), '5');
  await years.selectOption('0');
  assert.equal(await years.inputValue(), '0');
  await quiet(page);
  await page.close();
});

test('while it is counted nothing else can be chosen, and afterwards the field has the focus', async () => {
  const page = await browser.open({ hang: 'retentionPreview' });
  await settings('privacy')(page);
  const years = page.getByLabel('Erledigtes aufbewahren');
  await years.selectOption('3');
  await becomes(() => years.isDisabled(), true);
  assert.equal(await years.getAttribute('aria-busy'), 'true');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.close();
  const quick = await browser.open();
  await settings('privacy')(quick);
  await quick.getByLabel('Erledigtes aufbewahren').focus();
  await quick.getByLabel('Erledigtes aufbewahren').selectOption('3');
  await quick.getByRole('dialog').getByText('800 Nachrichten').waitFor();
  await quick.keyboard.press('Escape');
  await becomes(() => quick.evaluate(() => document.activeElement.tagName), 'SELECT');
  await quick.close();
});

test('where nothing is so old it says so', async () => {
  const page = await browser.open();
  await settings('privacy')(page);
  await page.getByLabel('Erledigtes aufbewahren').selectOption('10');
  await page.getByRole('dialog').getByText(/Zurzeit ist nichts so alt/).waitFor();
  await page.getByRole('button', { name: 'Einverstanden' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Erledigtes aufbewahren').inputValue(), '10');
  await page.close();
});

test('what cannot be counted changes nothing', async () => {
  const page = await browser.open({ fail: 'retentionPreview' });
  await settings('privacy')(page);
  await page.getByLabel('Erledigtes aufbewahren').selectOption('3');
  await page.getByText('Etwas ist schiefgegangen.').waitFor();
  assert.equal(await page.getByLabel('Erledigtes aufbewahren').inputValue(), '0');
  await page.close();
});
