/**
 * From the first start to ten answered messages with the keyboard alone: no pointer moves, nothing is focused by a script.
 *
 * The ten acceptance tests of the window, and where each one stands:
 *
 * | | what | where |
 * | --- | --- | --- |
 * | 1 | first mail within a minute of the first start, at most six inputs | setup.test.mjs "from the first start to the inbox it takes at most six inputs"; in the real window tests/window.rs `a_customer_writes_by_mail_and_is_answered_by_sms` |
 * | 2 | ten messages answered by keyboard, at most three keys each beside the text | reply.test.mjs "ten conversations are answered and done with the keyboard alone, two keys beside the text each"; here from the first start |
 * | 3 | typing, kill -9, at most a second is lost | in the real window tests/window/writing.rs `what_was_typed_is_there_after_a_kill`; while somebody types without a pause ui/src/lib/state/states.test.ts |
 * | 4 | sent, Ctrl+Z, nothing at the server | in the real window tests/window/writing.rs `what_was_taken_back_never_reaches_the_server`; by click and key reply.test.mjs "an answer is taken back within the undo time, by click and by key" |
 * | 5 | a hundred thousand rows, two hundred pages, focus and positions | inbox.test.mjs "a hundred thousand rows: two hundred pages down, and the focus is never lost" |
 * | 6 | axe: every state, both themes, four languages | access.test.mjs "every view and state in both themes" |
 * | 7 | 200 % zoom | look.test.mjs "every state: at 200 % and 400 % zoom nothing is scrolled sideways, and with words 40 % longer no control is cut off or too small" |
 * | 8 | offline: pill within two seconds, what waits leaves once | look.test.mjs "offline shows within two seconds as a pill, what is sent waits, and leaves once after the return"; with the real engine crates/engine/tests/network.rs `what_waited_leaves_once_when_the_network_is_back` |
 * | 9 | a file dropped beside the target does not navigate | in the real window tests/window/writing.rs `a_dropped_file_is_attached_and_beside_the_target_nothing_happens`; hostile.test.mjs "a file dropped on the window does not replace it" |
 * | 10 | words 40 % longer | look.test.mjs, the same test as 7 |
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { quiet, start } from './window.mjs';
import { answerTen } from './hand.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

/** Goes on with Tab until what has the focus bears this name; the way there is bounded. */
async function tabTo(page, name, most = 60) {
  for (let stops = 0; stops < most; stops += 1) {
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      return [at?.getAttribute('aria-label'), ...[...(at?.labels ?? [])].map((label) => label.textContent), at?.textContent].filter(Boolean).map((text) => text.trim());
    });
    if (here.some((text) => name.test(text))) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${name} is not reached by ${most} tabs`);
}

test('first run, mailbox, ten answers: the keyboard is enough', { timeout: 120_000 }, async () => {
  const page = await browser.open({ scenario: 'missing_keychain', people: '12', undo: '0' });
  const clicked = page.evaluate(() => {
    window.clicked = 0;
    addEventListener('pointerdown', () => (window.clicked += 1), true);
  });
  await clicked;
  await page.getByLabel('Wie heißt Ihr Geschäft?').waitFor();
  await tabTo(page, /^Wie heißt Ihr Geschäft/);
  await page.keyboard.type('Radhaus Nord');
  await page.keyboard.press('Enter');
  await page.getByLabel('Ich habe den Code aufgeschrieben oder gedruckt.').waitFor();
  await tabTo(page, /^Ich habe den Code/);
  await page.keyboard.press('Space');
  await tabTo(page, /^Weiter$/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /E-Mail \(IMAP und SMTP\)/ }).waitFor();
  await tabTo(page, /^E-Mail \(IMAP und SMTP\)/);
  await page.keyboard.press('Enter');
  const form = page.getByTestId('account-form');
  await form.waitFor();
  for (const [name, text] of [[/^Name/, 'Laden'], [/^E-Mail-Adresse/, 'laden@posthaus.example'], [/^Kennwort/, 'richtig']]) {
    await tabTo(page, name);
    await page.keyboard.type(text);
  }
  await form.getByText('Posthaus: Server gefunden').waitFor();
  await tabTo(page, /^Speichern$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Was soll geladen werden?' }).waitFor();
  await tabTo(page, /^Das letzte Jahr/);
  await page.keyboard.press('ArrowUp');
  await page.getByRole('radio', { name: 'Die letzten 3 Monate', checked: true }).waitFor();
  await tabTo(page, /^Weiter$/);
  await page.keyboard.press('Enter');

  await page.getByTestId('conversation-row').first().waitFor();
  await page.keyboard.press('j');
  await answerTen(page);
  assert.equal(await page.evaluate(() => window.clicked), 0);
  await quiet(page);
  await page.close();
});
