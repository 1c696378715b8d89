/** Starter packs: chosen in the rules and in the library, looked into, added, and taken back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, rows } from './hand.mjs';
import { automation } from './scenes-rules.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const pack = (page, slug) => page.locator(`[data-pack=${slug}]`);

test('a pack is looked into, added from the rules by keyboard, and taken back', async () => {
  const page = await browser.open({ scenario: 'no_rules' });
  await automation(page);
  await page.getByTestId('packs-choose').focus();
  await page.keyboard.press('Enter');
  const bakery = pack(page, 'bakery');
  await bakery.getByText('Textbausteine: 13, Regeln: 8').waitFor();
  await bakery.locator('summary').click();
  await bakery.getByText('Torte: Rückfragen').waitFor();
  await bakery.getByRole('button', { name: 'Bäckerei' }).focus();
  await page.keyboard.press('Enter');
  await bakery.getByText('Vorhanden').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(/„Bäckerei“ hinzugefügt/).waitFor();
  await page.keyboard.press('Control+4');
  await page.getByTestId('reply-row').filter({ hasText: 'Torte: Rückfragen' }).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByTestId('reply-row').filter({ hasText: 'Torte: Rückfragen' }).waitFor({ state: 'detached' });
  await quiet(page);
  await page.close();
});

test('the library offers them too, and adds nothing twice', async () => {
  const page = await browser.open();
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+4');
  await becomes(() => page.getByTestId('reply-row').count(), 4);
  await page.getByRole('button', { name: 'Mehr' }).click();
  await page.getByRole('menuitem', { name: 'Starterpaket wählen …' }).click();
  await pack(page, 'bike_shop').getByRole('button').click();
  await pack(page, 'bike_shop').getByText('Vorhanden').waitFor();
  await pack(page, 'bakery').getByRole('button').click();
  await pack(page, 'bakery').getByText('Vorhanden').waitFor();
  await page.keyboard.press('Escape');
  // The shop has a reply of the name "Öffnungszeiten"; what every trade has came once.
  await becomes(() => page.getByTestId('reply-row').count(), 4 + 12 + 8);
  assert.equal(await page.getByTestId('reply-row').filter({ hasText: 'Gern geschehen' }).count(), 1);
  await quiet(page);
  await page.close();
});
