/** Who is the same: the list, merging field by field, taking it back, and "not the same person". */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const pairs = (page) => page.getByTestId('same-pair');

/** The list, reached as a person does: the customers, then the line above them. */
async function list(page) {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Vielleicht dieselben: 3' }).click();
  await pairs(page).first().waitFor();
}

test('two are merged side by side, and the note takes it back', async () => {
  const page = await browser.open({ scenario: 'doubles' });
  await list(page);
  const pair = pairs(page).filter({ hasText: 'Klara Mueller' });
  await pair.getByText('Name anders geschrieben').waitFor();
  await pair.getByRole('button', { name: 'Zusammenführen' }).click();
  const dialog = page.getByRole('dialog');
  const names = dialog.getByRole('group', { name: 'Name' });
  await names.getByRole('radio', { name: 'Clara Müller' }).waitFor();
  assert.equal(await names.getByRole('radio', { name: 'Clara Müller' }).isChecked(), true);
  await names.getByText('Klara Mueller').click();
  await dialog.getByRole('button', { name: 'Zusammenführen' }).click();
  await dialog.waitFor({ state: 'detached' });
  await becomes(() => pairs(page).count(), 2);
  await page.getByText('Zusammengeführt: Klara Mueller').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await becomes(() => pairs(page).count(), 3);
  await quiet(page);
  await page.close();
});

test('who stays can be swapped before', async () => {
  const page = await browser.open({ scenario: 'doubles' });
  await list(page);
  await pairs(page).filter({ hasText: 'Rosenthal' }).getByRole('button', { name: 'Zusammenführen' }).click();
  const dialog = page.getByRole('dialog');
  const stays = dialog.locator('.two > div').first();
  await stays.getByText('Blumen Rosenthal GmbH').waitFor();
  await dialog.getByRole('button', { name: 'Tauschen' }).click();
  await stays.getByText('Rosenthal', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await pairs(page).count(), 3, 'nothing was merged');
  await page.close();
});

test('a pair that is not the same goes for good, and comes back by undo alone', async () => {
  const page = await browser.open({ scenario: 'doubles' });
  await list(page);
  await pairs(page).filter({ hasText: 'Klara Mueller' }).getByRole('button', { name: 'Nicht dieselbe Person' }).click();
  await becomes(() => pairs(page).count(), 2);
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await becomes(() => pairs(page).count(), 3);
  await page.close();
});

test('the sure pairs are merged at once with one undo', async () => {
  const page = await browser.open({ scenario: 'doubles' });
  await list(page);
  await page.getByRole('button', { name: 'Sichere Paare zusammenführen: 1' }).click();
  await becomes(() => pairs(page).count(), 2);
  assert.equal(await page.getByRole('button', { name: /Sichere Paare/ }).count(), 0);
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await becomes(() => pairs(page).count(), 3);
  await page.close();
});

test('the card offers the pair, and after merging shows where it came from and the way back', async () => {
  const page = await browser.open({ scenario: 'doubles' });
  await list(page);
  await pairs(page).getByRole('button', { name: 'Anna Petersen' }).click();
  await page.getByTestId('card-same').getByText('A. Petersen').waitFor();
  await page.getByTestId('card-same').getByRole('button', { name: 'Zusammenführen' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Zusammenführen' }).click();
  const merges = page.getByTestId('card-merges');
  await merges.getByText('A. Petersen').first().waitFor();
  assert.equal(await page.getByTestId('card-same').count(), 0);
  await merges.getByRole('button', { name: 'Zusammenführung aufheben' }).click();
  await merges.waitFor({ state: 'detached' });
  await page.getByTestId('card-same').waitFor();
  await page.close();
});

test('where nobody is there twice there is no line, and the palette leads to an empty list', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+2');
  await page.getByTestId('contact-row').first().waitFor();
  assert.equal(await page.getByRole('button', { name: /Vielleicht dieselben/ }).count(), 0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Vielleicht dieselben');
  await page.keyboard.press('Enter');
  await page.getByText('Niemand scheint doppelt zu sein').waitFor();
  await page.close();
});
