/** The lock of the window: nothing is shown and nothing answered until it is opened, and what was written is still there. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, open, row, settings, write } from './hand.mjs';
import { quiet, start, still } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

/** What a person or a screen reader finds on the page. */
const shown = (page) => page.evaluate(() => document.documentElement.outerHTML + document.title);

async function unlock(page) {
  await page.getByTestId('lock').getByLabel('PIN').fill('4711');
  await page.keyboard.press('Enter');
  await page.getByTestId('lock').waitFor({ state: 'detached' });
}

test('a PIN is set, the window is locked by its key, and opened again where it was', async () => {
  const page = await browser.open();
  await settings('security')(page);
  const form = page.getByTestId('pin-form');
  assert.equal(await page.getByRole('button', { name: 'Jetzt sperren' }).count(), 0, 'there is nothing to open it with');
  await form.getByLabel('Neue PIN').fill('4711');
  await form.getByLabel('PIN wiederholen').fill('4711');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Jetzt sperren' }).waitFor();
  await page.getByLabel('Von selbst sperren').selectOption('5');
  await page.keyboard.press('Control+1');
  await open(page, 'Anna Petersen');
  await write(page, 'Ihr Rad ist');
  await page.keyboard.press('Control+Shift+l');
  const lock = page.getByTestId('lock');
  await lock.waitFor();
  for (const word of ['Petersen', 'Radhaus', 'Ihr Rad ist']) assert.ok(!(await shown(page)).includes(word), word);
  const field = lock.getByLabel('PIN');
  await becomes(() => field.evaluate((element) => element === document.activeElement), true);
  await field.fill('1234');
  await page.keyboard.press('Enter');
  await lock.getByText('Das passt nicht.').waitFor();
  await becomes(() => field.inputValue(), '');
  await field.fill('4711');
  await page.keyboard.press('Enter');
  await page.getByTestId('message').first().waitFor();
  await becomes(() => page.getByTestId('composer-body').inputValue(), 'Ihr Rad ist');
  await quiet(page);
  await page.close();
});

test('the system’s lock locks, dialogs and notes are gone, and the keys of the window do nothing', async () => {
  const page = await browser.open({ scenario: 'pin' });
  await open(page, 'Anna Petersen');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('e');
  await page.locator('[data-pane=notes]').getByRole('button', { name: 'Rückgängig' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.evaluate(() => dispatchEvent(new Event('fake:system-lock')));
  await page.getByTestId('lock').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(!(await shown(page)).includes('Petersen'));
  await page.keyboard.press('Control+3');
  await page.keyboard.press('Control+k');
  await still(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await page.getByTestId('lock').count(), 1);
  await quiet(page);
  await page.close();
});

test('a notification that was clicked while it was locked leads to its conversation, and into the answer', async () => {
  for (const reply of [false, true]) {
    const page = await browser.open({ scenario: 'pin' });
    await open(page, 'Mira Solbakken');
    const id = Number(/\d+/.exec(new URL(page.url()).hash)[0]);
    await open(page, 'Anna Petersen');
    await page.getByRole('heading', { name: 'Anna Petersen', level: 2 }).first().waitFor();
    await page.keyboard.press('Control+3');
    await page.getByRole('heading', { name: 'Ausgang' }).waitFor();
    await page.evaluate(() => dispatchEvent(new Event('fake:system-lock')));
    await page.getByTestId('lock').waitFor();
    await page.evaluate((detail) => dispatchEvent(new CustomEvent('fake:notification', { detail })), { id, reply });
    await unlock(page);
    await page.getByRole('heading', { name: 'Mira Solbakken', level: 2 }).first().waitFor();
    if (reply) await becomes(() => page.evaluate(() => document.activeElement.closest('[data-testid=composer]') !== null), true);
    await quiet(page);
    await page.close();
  }
});

test('after the lock the area is the one of before: the place in the address is read once', async () => {
  const page = await browser.open({ scenario: 'pin' });
  await open(page, 'Anna Petersen');
  await page.keyboard.press('Control+3');
  await page.getByRole('heading', { name: 'Ausgang' }).waitFor();
  await page.evaluate(() => dispatchEvent(new Event('fake:system-lock')));
  await page.getByTestId('lock').waitFor();
  await unlock(page);
  await page.getByRole('heading', { name: 'Ausgang' }).waitFor();
  await still(page);
  assert.equal(await page.getByRole('heading', { name: 'Ausgang' }).count(), 1);
  await quiet(page);
  await page.close();
});

test('what was typed when the lock came is kept once it is opened, and nothing is called wrong', async () => {
  const page = await browser.open({ scenario: 'pin' });
  await page.clock.install();
  await open(page, 'Anna Petersen');
  await write(page, 'Ihr Rad ist');
  await page.evaluate(() => dispatchEvent(new Event('fake:system-lock')));
  await page.getByTestId('lock').waitFor();
  // The time after which a draft is kept passes while nothing is answered.
  await page.clock.runFor(5_000);
  await unlock(page);
  await page.getByText(/^Gespeichert/).waitFor();
  await row(page, 'Anna Petersen').getByText('Entwurf').waitFor();
  assert.equal(await page.getByTestId('composer').getByRole('alert').count(), 0);
  await quiet(page);
  await page.close();
});

test('after several mistakes one waits, and the recovery code opens it', async () => {
  const page = await browser.open({ scenario: 'locked_window' });
  const lock = page.getByTestId('lock');
  await lock.waitFor();
  assert.ok(!(await shown(page)).includes('Petersen'), 'it begins locked');
  for (let guess = 1; guess <= 5; guess += 1) {
    await lock.getByLabel('PIN').fill(`000${guess}`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-testid=lock] input').value === '');
  }
  await lock.getByText('Das war mehrmals falsch.').waitFor();
  assert.equal(await lock.getByRole('button', { name: /^Noch \d+ s$/ }).isDisabled(), true);
  await lock.getByRole('button', { name: 'Entsperren' }).waitFor();
  await lock.getByLabel('PIN').fill('K7QF-2M9D-XW4T-8HRB-J3NC-6VPE-0Y');
  await page.keyboard.press('Enter');
  await page.getByTestId('conversation-row').first().waitFor();
  await quiet(page);
  await page.close();
});

test('the palette knows the lock only where something opens it', async () => {
  for (const [scenario, expect] of [['pin', 1], ['shop', 0]]) {
    const page = await browser.open({ scenario });
    await page.getByTestId('conversation-row').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('bildschirm');
    await page.getByRole('option', { name: /bildschirm|Computer gesperrt/i }).first().waitFor();
    assert.equal(await page.getByRole('option', { name: /Jetzt sperren/ }).count(), expect, scenario);
    await page.close();
  }
});
