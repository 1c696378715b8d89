/** The report for whoever helps: shown first, then copied or saved. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settings } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

test('the report is shown before it can be saved, and is without the shop’s name', async () => {
  const page = await browser.open();
  await settings('about')(page);
  const show = page.getByRole('button', { name: 'Bericht anzeigen' });
  await show.waitFor();
  assert.equal(await page.getByRole('button', { name: 'In eine Datei speichern …' }).count(), 0);
  await show.click();
  const report = page.getByLabel('Technischer Bericht');
  await report.waitFor();
  assert.match(await report.innerText(), /account 2: auth_failed/);
  assert.ok(!(await report.innerText()).includes('Radhaus'));
  await page.getByRole('button', { name: 'In eine Datei speichern …' }).click();
  await page.getByText(/^Gespeichert: \/media\/stick\/theke-.*\.txt$/).waitFor();
  await quiet(page);
  await page.close();
});

test('what cannot be had is said', async () => {
  const page = await browser.open({ fail: 'diagnosticsSave:disk_full' });
  await settings('about')(page);
  await page.getByRole('button', { name: 'Bericht anzeigen' }).click();
  await page.getByRole('button', { name: 'In eine Datei speichern …' }).click();
  await page.getByText('Auf diesem Computer lässt sich nichts speichern.').waitFor();
  await page.close();
});
