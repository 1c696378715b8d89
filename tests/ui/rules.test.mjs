/** Automation: a rule built and rehearsed by keyboard alone, order and its way back, the switch, problems, differences. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, matches } from './hand.mjs';
import { automation, edit } from './scenes-rules.mjs';
import { quiet, start } from './window.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const names = (page) => page.getByTestId('rule-row').locator('.name').allTextContents();

/** Presses Tab until what has the focus fits the selector. */
async function tabTo(page, selector) {
  for (let step = 0; step < 60; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

test('a rule is put together, rehearsed and switched on by keyboard alone', async () => {
  const page = await browser.open();
  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('Control+7');
  await page.getByTestId('rule-row').first().waitFor();
  await tabTo(page, '.page .head button.primary');
  await page.keyboard.press('Enter');
  await page.getByTestId('rule-editor').waitFor();
  await page.keyboard.type('Rad abholen');
  await tabTo(page, '.add-part');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-place="if.all.1"] .box input:focus').waitFor();
  await page.keyboard.type('fertig');
  await page.keyboard.press('Enter');
  await page.locator('[data-place="if.all.1"] .chip').waitFor();
  await tabTo(page, 'section:nth-of-type(3) .add-part');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-place="then.1"] select:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await matches(() => page.getByTestId('live-count').textContent(), /Trifft auf [1-9]\d* von \d+ Nachrichten zu\./);
  await becomes(async () => (await page.getByTestId('live-count').locator('mark').first().textContent()).toLowerCase(), 'fertig');
  await tabTo(page, '[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByTestId('rehearsal').waitFor();
  await matches(() => page.getByTestId('rehearsal').getByRole('status').textContent(), /^Trifft auf [1-9]/);
  assert.ok((await page.getByTestId('rehearsed').count()) > 0);
  assert.match(await page.getByTestId('rehearsed').first().locator('.by').textContent(), /Antwort per .+, weil /);
  await page.locator('.on button:not([disabled])').waitFor();
  await tabTo(page, '.on button');
  await page.keyboard.press('Enter');
  const row = page.getByTestId('rule-row').filter({ hasText: 'Rad abholen' });
  await row.waitFor();
  await becomes(() => row.getByRole('switch').isChecked(), true);
  await quiet(page);
  await page.close();
});

test('a rule that sends is rehearsed before it is switched on the first time; the rehearsal can be ended', async () => {
  const page = await browser.open({ scenario: 'rehearsing' });
  await automation(page);
  await page.getByTestId('rule-row').first().getByRole('switch').click();
  await page.getByTestId('rehearsal').waitFor();
  const on = page.getByRole('button', { name: 'Regel einschalten' });
  await page.evaluate(() => dispatchEvent(new CustomEvent('fake:step')));
  await matches(() => page.getByTestId('rehearsal').getByRole('status').textContent(), /^[1-9]\d* von \d+ Nachrichten angesehen$/);
  assert.equal(await on.isDisabled(), true);
  await page.getByRole('button', { name: 'Probe beenden' }).click();
  await becomes(() => on.isEnabled(), true);
  await page.getByRole('button', { name: 'Zurück' }).click();
  await becomes(() => page.getByTestId('rule-row').first().getByRole('switch').isChecked(), false);
  await page.getByTestId('rule-row').first().getByRole('switch').click();
  await becomes(() => page.getByTestId('rule-row').first().getByRole('switch').isChecked(), true);
  await quiet(page);
  await page.close();
});

test('rules are moved with Alt and the arrows and by the pointer, removed, and come back', async () => {
  const page = await browser.open();
  await automation(page);
  await page.getByTestId('rule-row').first().waitFor();
  const before = await names(page);
  await page.getByTestId('rule-row').first().locator('.grip').focus();
  await page.keyboard.press('Alt+ArrowDown');
  const moved = [before[1], before[0], ...before.slice(2)];
  await becomes(() => names(page), moved);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('[data-testid=rule-row]')?.querySelector('.name')?.textContent), before[0]);
  await page.keyboard.press('Control+z');
  await becomes(() => names(page), before);
  const grip = await page.getByTestId('rule-row').first().locator('.grip').boundingBox();
  const last = await page.getByTestId('rule-row').last().boundingBox();
  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(last.x + 20, last.y + 30, { steps: 4 });
  await page.mouse.up();
  await becomes(() => names(page), [...before.slice(1), before[0]]);
  await page.getByTestId('rule-row').first().locator('.icon-trigger').click();
  await page.getByRole('menuitem', { name: 'Entfernen' }).click();
  await becomes(() => names(page), [...before.slice(2), before[0]]);
  await page.getByRole('button', { name: 'Rückgängig' }).last().click();
  await becomes(() => names(page), [...before.slice(1), before[0]]);
  await quiet(page);
  await page.close();
});

test('one click stops everything, from the area and from the palette, and the foot of the window says that it is on', async () => {
  const page = await browser.open();
  await automation(page);
  const main = page.getByTestId('automation-switch').getByRole('switch');
  const item = page.getByTestId('automation-item');
  assert.equal(await item.count(), 0);
  await main.click();
  await item.waitFor();
  await matches(() => page.getByTestId('automation-switch').textContent(), /12 von 20 in dieser Stunde/);
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Automatik anhalten');
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Automatik einschalten');
  await page.keyboard.press('Enter');
  await item.click();
  await becomes(() => main.isChecked(), true);
  await quiet(page);
  await page.close();
});

test('what is wrong is said at its place and takes the focus, and a changed rule shows what it would do otherwise', async () => {
  const page = await browser.open();
  await edit(0)(page);
  await page.getByLabel('Name', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Geben Sie der Regel einen Namen.').waitFor();
  await becomes(() => page.evaluate(() => document.activeElement?.closest('.field')?.textContent?.includes('Name') ?? false), true);
  await page.keyboard.type('Zeiten');
  await page.getByRole('group', { name: 'Wörter in der Nachricht' }).getByLabel('Eines dieser Wörter').fill('Rechnung');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Unterschied proben' }).click();
  await page.getByRole('button', { name: 'Nur Unterschiede' }).click();
  await becomes(async () => new Set(await page.getByTestId('rehearsed').locator('.difference').allTextContents()), new Set(['neu dabei']));
  assert.equal(await page.getByTestId('rehearsed').count(), await page.getByTestId('rehearsed').locator('.difference').count());
  await page.getByRole('button', { name: 'Zurück' }).click();
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByTestId('rule-row').filter({ hasText: 'Zeiten' }).first().locator('.open').click();
  await page.getByText('Frühere Fassungen').click();
  await page.getByRole('button', { name: 'Diese Fassung wiederherstellen' }).click();
  await becomes(() => page.getByLabel('Name', { exact: true }).inputValue(), 'Öffnungszeiten');
  await quiet(page);
  await page.close();
});

test('a question back grows to three questions, and one that goes leads to a person', async () => {
  const page = await browser.open();
  await edit(1)(page);
  const tree = page.getByTestId('dialogue');
  const questions = tree.getByText(/^Frage \d$/);
  await tree.getByLabel('Wenn nicht verstanden').selectOption({ label: 'weiter mit neuer Frage' });
  await becomes(() => questions.count(), 2);
  await tree.getByLabel('Bei passender Antwort').last().selectOption({ label: 'weiter mit neuer Frage' });
  await becomes(() => questions.count(), 3);
  assert.equal(await tree.getByLabel('Bei passender Antwort').last().locator('option', { hasText: 'neuer Frage' }).count(), 0);
  await tree.getByRole('button', { name: 'Frage 2 entfernen' }).click();
  await becomes(() => tree.getByLabel('Wenn nicht verstanden').first().inputValue(), 'person');
  await quiet(page);
  await page.close();
});
