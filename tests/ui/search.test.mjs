/** Search and palette: words that narrow, chips by mouse and keyboard, notes, settings found and reached, where a reply was used. */
import { after, before, test } from 'node:test';
import { becomes, matches, rows } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const field = (page) => page.locator('[data-search]');
const chip = (page, kind) => page.locator(`[data-chip="${kind}"]`);
const offer = (page, name) => page.getByRole('group', { name: 'Suche eingrenzen' }).getByRole('button', { name, exact: true });

async function searching(text = '') {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type(text);
  return page;
}

test('what narrows is offered while typing, becomes a chip and is taken out by mouse and by keyboard', async () => {
  const page = await searching('rad');
  await offer(page, 'In').click();
  await page.waitForFunction(() => document.activeElement.value === 'rad in:');
  await page.keyboard.type('of');
  await offer(page, 'offen').click();
  await chip(page, 'in').waitFor();
  await becomes(() => field(page).inputValue(), 'rad in:offen ');
  await page.keyboard.type('kanal:SMS ');
  await chip(page, 'channel').waitFor();
  await page.getByRole('button', { name: 'Filter „kanal:SMS“ entfernen' }).click();
  await chip(page, 'channel').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Filter „in:offen“ entfernen' }).focus();
  await page.keyboard.press('Delete');
  await chip(page, 'in').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement.matches('[data-search]'));
  await becomes(async () => (await field(page).inputValue()).trim(), 'rad');
  await quiet(page);
  await page.close();
});

test('what was not understood is marked and said', async () => {
  const page = await searching('rad in:nirgends ');
  await page.getByRole('status').filter({ hasText: '„in:nirgends“ wurde nicht verstanden' }).waitFor();
  await matches(() => chip(page, 'in').getAttribute('class'), /wrong/);
  await page.getByRole('heading', { name: 'Nachrichten' }).waitFor();
  await quiet(page);
  await page.close();
});

test('the button beside the field shows what can narrow before anything is typed', async () => {
  const page = await searching();
  await page.getByRole('button', { name: 'Suche eingrenzen' }).click();
  await offer(page, 'Von').click();
  await page.keyboard.type('anna');
  await chip(page, 'from').waitFor();
  await page.getByRole('heading', { name: 'Nachrichten' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor();
  await quiet(page);
  await page.close();
});

test('a setting is found by a word of another language, and its control gets the focus', async () => {
  const page = await searching('do not disturb');
  await page.getByRole('button', { name: /Ruhezeit/ }).first().click();
  await page.locator('[data-setting="quiet_hours"] input').first().waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-setting="quiet_hours"]') !== null);
  await page.keyboard.press('Control+k');
  const palette = page.getByTestId('palette');
  await palette.getByRole('combobox').fill('autostart');
  await palette.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('[data-setting="autostart"]') !== null);
  // What cannot be set yet is found as well, and says what it needs.
  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('bildschirmschoner');
  await palette.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('[data-setting="lock_system"]') !== null);
  await page.getByText('Dafür braucht es zuerst eine PIN oder eine Passphrase.').first().waitFor();
  await quiet(page);
  await page.close();
});

test('the palette has the moments for later, the languages and the library', async () => {
  const page = await browser.open();
  await rows(page).filter({ hasText: 'Anna Petersen' }).click();
  await page.getByTestId('message').first().waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByTestId('palette');
  for (const [typed, name] of [['wiedervorlage', /^Zurückstellen: /], ['bloquer', /blockieren/], ['neue vorlage', /Textbaustein/], ['abrufen', /Nachrichten/], ['changer de langue', /^Sprache: /]]) {
    await palette.getByRole('combobox').fill(typed);
    await palette.getByRole('option', { name }).first().waitFor();
  }
  await quiet(page);
  await page.close();
});

test('a standard reply says where it was used, and leads there', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: /Danke/ }).first().click();
  const uses = page.getByRole('region', { name: 'Wo verwendet' });
  await uses.getByRole('button').first().waitFor();
  const shown = await uses.getByRole('listitem').count();
  await uses.getByRole('button', { name: 'Weitere zeigen' }).click();
  await page.waitForFunction((before) => document.querySelectorAll('section[aria-label="Wo verwendet"] li').length > before, shown);
  await uses.getByRole('button').first().click();
  await page.getByTestId('message').first().waitFor();
  await quiet(page);
  await page.close();
});
