/** Files of a message: looked at without another program, walked through, saved; what may do harm is warned about. Printing. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { matches, row } from './hand.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const chip = (page, name) => page.getByTestId('message').locator('.open', { hasText: name });
const preview = (page) => page.getByTestId('preview');

async function open(name) {
  const page = await browser.open();
  await row(page, name).click();
  await page.getByTestId('message').first().waitFor();
  return page;
}

test('a picture opens large, the arrow goes to the next file, Escape back to where one was', async () => {
  const page = await open('Anna Petersen');
  await chip(page, 'schalthebel.jpg').focus();
  await page.keyboard.press('Enter');
  const picture = preview(page).getByRole('img', { name: 'Bild: schalthebel.jpg' });
  await picture.waitFor();
  await matches(() => picture.getAttribute('src'), /^data:image\/(png|jpeg|gif|webp);base64,/);
  await page.getByText('1 von 2').waitFor();
  await page.getByRole('button', { name: 'Originalgröße' }).click();
  await preview(page).getByRole('region', { name: 'schalthebel.jpg' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await preview(page).getByText(/Wahrscheinlich ist sie eingescannt/).waitFor();
  await page.getByText('2 von 2').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('2 von 2').waitFor();
  await page.keyboard.press('ArrowLeft');
  await picture.waitFor();
  await page.keyboard.press('Escape');
  await preview(page).waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('schalthebel.jpg'));
  await quiet(page);
  await page.close();
});

test('the text of a PDF can be read, and saved from there', async () => {
  const page = await open('Familie');
  await chip(page, 'Angebot.pdf').click();
  await preview(page).getByText('Summe: 1.548,00 €').waitFor();
  await page.getByRole('button', { name: 'Speichern', exact: true }).click();
  await page.getByText('Gespeichert: /home/laden/Downloads/datei').waitFor();
  await quiet(page);
  await page.close();
});

test('what may do harm is never looked at or opened without a warning', async () => {
  const page = await open('Familie');
  await chip(page, 'Farben.exe').click();
  await page.getByRole('dialog', { name: 'Diese Datei kann Schaden anrichten' }).waitFor();
  assert.equal(await preview(page).count(), 0);
  await page.keyboard.press('Escape');
  await quiet(page);
  await page.close();
});

test('print: from the menu and from the palette, on paper and as a file', async () => {
  const page = await open('Anna Petersen');
  await page.evaluate(() => {
    window.printed = 0;
    window.print = () => (window.printed += 1);
  });
  await page.getByTestId('conversation-menu').click();
  await page.getByRole('menuitem', { name: /drucken/ }).click();
  await page.waitForFunction(() => window.printed === 1);
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').getByRole('combobox').fill('drucken');
  await page.getByTestId('palette').getByRole('option', { name: /drucken/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.printed === 2);
  // The same paper as a file.
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await quiet(page);
  await page.close();
});
