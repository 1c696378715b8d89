/** Formatting in mail: what the bar does, what is kept, what other channels and sending make of it, pasting, standard replies. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, body, fillGap, matches, row } from './hand.mjs';
import { answer, barriers, quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const bar = (page) => page.getByRole('toolbar', { name: 'Text formatieren' });
const html = (page) => body(page).evaluate((area) => area.innerHTML.replace(/ class="[^"]*"|<br>/g, ''));

/** The formatted answer to a mail; the first time the field is loaded. */
async function open(query = {}, name = 'Jonas Weidmann') {
  const page = await browser.open({ formatting: 'true', ...query });
  await row(page, name).click();
  await answer(page);
  await bar(page).waitFor();
  await body(page).focus();
  return page;
}

async function paste(page, types) {
  await body(page).evaluate((area, carried) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(carried)) clipboardData.setData(type, text);
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, types);
}

test('formatting is off until it is wanted, stays on then, and is not there for a text message', async () => {
  const page = await browser.open();
  await row(page, 'Jonas Weidmann').click();
  await answer(page);
  await body(page).fill('Guten Tag');
  await body(page).focus();
  await becomes(() => body(page).evaluate((area) => area.localName), 'textarea');
  const toggle = page.getByRole('button', { name: 'Formatierung (nur E-Mail)' });
  await toggle.click();
  await bar(page).waitFor();
  await becomes(() => html(page), '<div>Guten Tag</div>');
  await becomes(() => toggle.getAttribute('aria-pressed'), 'true');
  await row(page, 'Tobias Grünewald').click();
  await page.getByRole('heading', { name: 'Tobias Grünewald', level: 2 }).first().waitFor();
  await answer(page);
  await page.getByTestId('route-chip').getByText('SMS').waitFor();
  await becomes(() => body(page).evaluate((area) => area.localName), 'textarea');
  await becomes(() => page.getByRole('button', { name: 'Formatierung (nur E-Mail)' }).count(), 0);
  await quiet(page);
  await page.close();
});

test('bold, a list and a link are kept in the draft, and come back with Undo after sending', async () => {
  const page = await open();
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Wichtig');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Enter');
  await bar(page).getByRole('button', { name: 'Aufzählung' }).click();
  await page.keyboard.type('Schlauch');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Mantel');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await bar(page).getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByRole('textbox', { name: /Adresse der Seite/ }).fill('radhaus-nord.example/termin');
  await page.getByRole('button', { name: 'Übernehmen' }).click();
  const written = '<div><strong>Wichtig</strong></div><ul><li><div>Schlauch</div></li><li><div>Mantel</div></li></ul><div><a href="https://radhaus-nord.example/termin">radhaus-nord.example/termin</a></div>';
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body] a') !== null);
  await becomes(() => html(page), written);
  await page.getByText(/^Gespeichert/).waitFor();
  await row(page, 'Tobias Grünewald').click();
  await page.getByRole('heading', { name: 'Tobias Grünewald', level: 2 }).first().waitFor();
  await row(page, 'Jonas Weidmann').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body] strong')?.textContent === 'Wichtig');
  await becomes(() => html(page), written);
  await body(page).focus();
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('message').filter({ hasText: 'Schlauch' }).waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.textContent === '');
  await page.getByRole('button', { name: 'Rückgängig' }).first().click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body] strong')?.textContent === 'Wichtig');
  await becomes(() => html(page), written);
  await quiet(page);
  await page.close();
});

test('another channel gets the plain text, and on the way back the formatting is there again', async () => {
  const page = await open();
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Hallo Jonas');
  const before = await html(page);
  await page.getByTestId('route-chip').click();
  await page.getByRole('button', { name: /^SMS / }).click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.localName === 'textarea');
  await matches(() => body(page).inputValue(), /^Hallo Jonas$/);
  await page.getByTestId('route-chip').click();
  await page.getByRole('button', { name: /^E-Mail / }).click();
  await bar(page).waitFor();
  await becomes(() => html(page), before);
  await quiet(page);
  await page.close();
});

test('what is pasted keeps its words and lists and loses everything else', async () => {
  const page = await open();
  await paste(page, {
    'text/html': '<html><head><style>p{color:red}</style></head><body><!--StartFragment--><p class="MsoNormal" style="mso-margin:0">Angebot <b>fest</b><o:p></o:p></p><ul><li onclick="x()">eins</li></ul><img src="x" onerror="x()"><p><a href="javascript:x()">böse</a> <a href="https://rad.example/a">gut</a></p><script>x()</script><!--EndFragment--></body></html>',
    'text/plain': 'Angebot',
  });
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.textContent.includes('gut'));
  await becomes(() => html(page), '<div>Angebot <strong>fest</strong></div><ul><li><div>eins</div></li></ul><div>böse <a href="https://rad.example/a">gut</a></div>');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await body(page).evaluate((area) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([new Uint8Array(1200)], 'bild.png', { type: 'image/png' }));
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'bild.png weglassen' }).waitFor();
  await quiet(page);
  await page.close();
});

test('a standard reply by / in formatted text; an open placeholder is marked and selected', async () => {
  const page = await open({ undo: '0' });
  await page.keyboard.type('/lief');
  await page.getByTestId('reply-menu').getByRole('option').first().waitFor();
  assert.notEqual(await body(page).getAttribute('aria-activedescendant'), null);
  await page.keyboard.press('Enter');
  await fillGap(page);
  await quiet(page);
  await page.close();
});

test('the formatted field has names, its bar is walked with the arrows, and nothing stands in the way of a screen reader', async () => {
  const page = await open();
  await becomes(() => page.getByRole('textbox', { name: 'Text der Antwort' }).count(), 1);
  await page.keyboard.press('Shift+Tab');
  await becomes(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Fett');
  await page.keyboard.press('ArrowRight');
  await becomes(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Kursiv');
  await page.keyboard.press('Enter');
  await page.keyboard.type('schräg');
  await becomes(() => html(page), '<div><em>schräg</em></div>');
  // A date stays a date.
  await page.keyboard.press('Enter');
  await page.keyboard.type('1. Dezember');
  await becomes(() => body(page).locator('ol').count(), 0);
  assert.deepEqual(await barriers(page, 'formatted answer'), []);
  await quiet(page);
  await page.close();
});
