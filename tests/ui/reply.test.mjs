/** Answering: by keyboard alone, on another channel, taken back, kept as a draft. */
import { after, before, test } from 'node:test';
import { answer, quiet, start } from './window.mjs';
import { answerTen, becomes, body, matches, rows } from './hand.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const undo = (page) => page.getByTestId('undo-send');

test('a reply with the keyboard alone: J, R, text, Ctrl+Enter', async () => {
  const page = await browser.open({ undo: '0' });
  await rows(page).first().waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: 'Anna Petersen', level: 2 }).first().waitFor();
  await page.keyboard.press('r');
  await page.getByTestId('route-chip').waitFor();
  await page.keyboard.type('Ja, der Bremszug ist da. Bis 17 Uhr!');
  await page.keyboard.press('Control+Enter');
  const last = page.getByTestId('message').last();
  await last.getByText('Ja, der Bremszug ist da').waitFor();
  await last.getByText('Gesendet').or(last.getByText('Zugestellt')).waitFor();
  await becomes(() => body(page).inputValue(), '');
  await becomes(() => page.evaluate(() => document.activeElement?.dataset.testid), 'composer-body');
  await quiet(page);
  await page.close();
});

test('the route says why, and one click changes it', async () => {
  const page = await browser.open({ undo: '0' });
  await rows(page).first().click();
  await answer(page);
  const chip = page.getByTestId('route-chip');
  await chip.getByText('Antwort per SMS').waitFor();
  await matches(() => chip.innerText(), /weil Sie das so festgelegt haben/);
  await chip.click();
  await page.getByText('Dort ist keine Adresse dieses Kunden bekannt.').waitFor();
  await page.locator('.route-menu').getByText('0176 04069011').waitFor();
  await page.getByRole('button', { name: /E-Mail anna\.petersen/ }).click();
  await chip.getByText('Antwort per E-Mail').waitFor();
  await page.getByLabel('Betreff').waitFor();
  await body(page).fill('Gern, ich sehe nach.');
  await page.getByTestId('composer-send').click();
  const last = page.getByTestId('message').last();
  await last.getByText('Gern, ich sehe nach.').waitFor();
  await matches(() => last.innerText(), /E-Mail/);
  await quiet(page);
  await page.close();
});

test('an answer is taken back within the undo time, by click and by key', async () => {
  const page = await browser.open({ undo: '10' });
  await rows(page).first().click();
  await answer(page);
  // By key at once, with the focus still in the text.
  for (const back of [() => undo(page).getByRole('button', { name: 'Rückgängig' }).click(), () => page.keyboard.press('Control+z')]) {
    await body(page).fill('Zu früh gesendet');
    await page.getByTestId('composer-send').click();
    await undo(page).waitFor();
    await page.getByTestId('message').filter({ hasText: 'Zu früh gesendet' }).waitFor();
    await back();
    await undo(page).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value === 'Zu früh gesendet');
    await becomes(() => page.getByTestId('message').filter({ hasText: 'Zu früh gesendet' }).count(), 0);
  }
  // In a text of its own the key belongs to the text.
  await page.getByTestId('composer-send').click();
  await undo(page).waitFor();
  await page.getByTestId('message').filter({ hasText: 'Zu früh gesendet' }).waitFor();
  await body(page).pressSequentially('Noch etwas');
  await page.keyboard.press('Control+z');
  await undo(page).waitFor();
  await becomes(() => page.getByTestId('message').filter({ hasText: 'Zu früh gesendet' }).count(), 1);
  await quiet(page);
  await page.close();
});

test('a file comes back with the answer that was taken back', async () => {
  const page = await browser.open({ undo: '10' });
  await rows(page).filter({ hasText: 'Jonas Weidmann' }).click();
  await answer(page);
  await page.getByTestId('route-chip').getByText('E-Mail').waitFor();
  await page.getByRole('button', { name: 'Datei anhängen' }).click();
  await page.getByRole('button', { name: 'Angebot.pdf weglassen' }).waitFor();
  await body(page).fill('Anbei das Angebot');
  await page.getByTestId('composer-send').click();
  await page.getByRole('button', { name: 'Angebot.pdf weglassen' }).waitFor({ state: 'detached' });
  await undo(page).getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByRole('button', { name: 'Angebot.pdf weglassen' }).waitFor();
  await quiet(page);
  await page.close();
});

test('a draft is kept per conversation and marked in the list', async () => {
  const page = await browser.open();
  await rows(page).first().click();
  await answer(page);
  await body(page).fill('Halb fertig');
  await page.getByText(/^Gespeichert/).waitFor();
  await rows(page).first().getByText('Entwurf').waitFor();
  await rows(page).nth(2).click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value === 'Hallo Mira, den Helm haben wir in');
  await rows(page).first().click();
  await page.waitForFunction(() => document.querySelector('[data-testid=composer-body]')?.value === 'Halb fertig');
  await quiet(page);
  await page.close();
});

test('E is done, the next one comes on screen, and it can be undone', async () => {
  const page = await browser.open();
  await rows(page).nth(1).click();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('e');
  await page.locator('.toasts').getByText('Erledigt', { exact: true }).waitFor();
  await page.waitForFunction(() => !document.querySelector('[role=listbox]').textContent.includes('Jonas Weidmann'));
  await page.getByRole('heading', { name: 'Mira Solbakken', level: 2 }).first().waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await rows(page).filter({ hasText: 'Jonas Weidmann' }).waitFor();
  await page.getByRole('heading', { name: 'Jonas Weidmann', level: 2 }).first().waitFor();
  await quiet(page);
  await page.close();
});

test('ten conversations are answered and done with the keyboard alone, two keys beside the text each', async () => {
  const page = await browser.open({ people: '12', undo: '0' });
  await rows(page).first().waitFor();
  await page.keyboard.press('j');
  await answerTen(page);
  await page.getByRole('button', { name: 'Erledigt', exact: true }).first().click();
  await page.waitForFunction(() => Number(document.querySelector('[role=option]')?.getAttribute('aria-setsize')) === 10);
  await quiet(page);
  await page.close();
});

test('letters are no shortcuts while a text is typed', async () => {
  const page = await browser.open();
  await rows(page).first().click();
  await answer(page);
  await body(page).focus();
  await page.keyboard.type('ejzkr');
  await becomes(() => body(page).inputValue(), 'ejzkr');
  await becomes(() => page.getByRole('heading', { name: 'Anna Petersen', level: 2 }).first().isVisible(), true);
  await becomes(() => rows(page).first().getByText('Anna Petersen').count(), 1);
  await page.close();
});

test('the counter appears for texts that are cut into segments, and files are refused there', async () => {
  const page = await browser.open();
  await rows(page).first().click();
  await answer(page);
  await page.getByTestId('route-chip').getByText('SMS').waitFor();
  await body(page).fill('x'.repeat(161));
  await page.getByText('161/306 · 2 SMS').waitFor();
  await becomes(() => page.getByRole('button', { name: 'Auf diesem Kanal gehen keine Dateien' }).isDisabled(), true);
  await page.close();
});

test('without a way to the customer it says why and what to do, and keeps the text', async () => {
  const page = await browser.open({ scenario: 'trouble' });
  await rows(page).filter({ hasText: 'Jonas Weidmann' }).click();
  const note = page.getByText('Zurzeit führt kein Weg zu diesem Kunden.');
  await answer(page);
  await page.getByTestId('route-chip').click();
  await page.getByText('Das Konto braucht Ihre Hilfe.').first().waitFor();
  await page.keyboard.press('Escape');
  await rows(page).filter({ hasText: 'Familie Brandstätter' }).click();
  await note.waitFor();
  await body(page).fill('Kommt noch');
  await becomes(() => page.getByTestId('composer-send').isDisabled(), true);
  await page.getByText(/^Gespeichert/).waitFor();
  await quiet(page);
  await page.close();
});

test('a refused send leaves the text and says so', async () => {
  const page = await browser.open({ fail: 'reply' });
  await rows(page).first().click();
  await answer(page);
  await body(page).fill('Bleibt stehen');
  await page.getByTestId('composer-send').click();
  await page.getByText('Etwas ist schiefgegangen.').waitFor();
  await becomes(() => body(page).inputValue(), 'Bleibt stehen');
  await page.close();
});

test('done, waiting and snoozed move a conversation, and can be undone', async () => {
  const page = await browser.open();
  await rows(page).first().click();
  await page.getByRole('button', { name: 'Erledigt' }).last().click();
  await page.waitForFunction(() => !document.querySelector('[role=listbox]').textContent.includes('Anna Petersen'));
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await rows(page).filter({ hasText: 'Anna Petersen' }).waitFor();
  await page.getByRole('button', { name: 'Zurückstellen' }).click();
  await page.getByRole('menuitem', { name: /Morgen früh/ }).click();
  await page.waitForFunction(() => !document.querySelector('[role=listbox]').textContent.includes('Anna Petersen'));
  await page.getByRole('button', { name: 'Zurückgestellt', exact: true }).click();
  await rows(page).filter({ hasText: 'Anna Petersen' }).waitFor();
  await quiet(page);
  await page.close();
});
