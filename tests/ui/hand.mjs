/** What scenes and tests do again and again: open a conversation, write, go to a page of the settings, wait for what is expected. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

const PATIENCE_MS = 10_000;

/** Reads, a question to the page each time, until `right` says so or the patience is over; answers what was read last. */
async function until(read, right) {
  const end = Date.now() + PATIENCE_MS;
  let seen = await read();
  while (!right(seen) && Date.now() < end) seen = await read();
  return seen;
}

/** Asserts that what is read comes to be what was expected. For what must never be there, assert at once after what ends the wait. */
export async function becomes(read, wanted, message) {
  assert.deepEqual(await until(read, (seen) => isDeepStrictEqual(seen, wanted)), wanted, message);
}

/** The same for a text and a pattern. */
export async function matches(read, pattern, message) {
  assert.match((await until(read, (seen) => pattern.test(seen ?? ''))) ?? '', pattern, message);
}

export const rows = (page) => page.getByTestId('conversation-row');
export const row = (page, name) => rows(page).filter({ hasText: name });
export const body = (page) => page.getByTestId('composer-body');

/** Opens the conversation with this customer and waits for the answer's route. */
export async function open(page, name) {
  await row(page, name).first().click();
  await page.getByTestId('message').first().waitFor();
}

/** The field of the answer, opened. */
export async function write(page, text) {
  await page.getByTestId('composer-open').or(page.getByTestId('composer-body')).first().click();
  await page.getByTestId('composer-body').fill(text);
}

export const settings = (name) => async (page) => {
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+5');
  await page.locator(`[data-page=${name}]`).click();
};

/** A placeholder that nobody filled in is marked, holds the message back and is selected: typing fills it in, and the answer leaves. */
export async function fillGap(page) {
  const asked = page.getByText('Bitte ausfüllen, bevor Sie senden:');
  await asked.waitFor();
  await page.locator('mark', { hasText: 'auftrag.liefertermin' }).waitFor();
  await becomes(() => page.getByTestId('composer-send').isDisabled(), true);
  await page.keyboard.type('5. Dezember');
  await asked.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('message').filter({ hasText: 'den Termin 5. Dezember genannt' }).waitFor();
}

/** Answers ten of twelve waiting conversations and is done with each, by two keys beside the text. */
export async function answerTen(page) {
  for (let turn = 1; turn <= 10; turn += 1) {
    await page.waitForFunction((at) => document.querySelector('[data-testid=message]')?.textContent.includes(`Nachricht Nummer ${at}:`), turn - 1);
    await page.waitForFunction(() => document.querySelector('[data-testid=composer]')?.textContent.includes('Antwort per'));
    await page.keyboard.press('r');
    await page.keyboard.type(`Antwort ${turn}`);
    await page.waitForFunction(() => document.querySelector('[data-testid=composer-send]')?.disabled === false);
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForFunction((left) => Number(document.querySelector('[role=option]')?.getAttribute('aria-setsize')) === left, 12 - turn);
  }
}
