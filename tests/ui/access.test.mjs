/** axe over every view and state, light and dark, in each language: nothing serious or critical. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, start, still } from './window.mjs';
import { SCENES } from './scenes.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const LOOKS = [
  ['de', 'light'],
  ['de', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
  ['fr', 'light'],
  ['it', 'dark'],
];

for (const [lang, theme] of LOOKS) {
  test(`${lang}, ${theme}`, async () => {
    for (const [name, query, act] of SCENES) {
      const page = await browser.open({ lang, theme, ...query });
      await page.evaluate((chosen) => localStorage.setItem('theke.theme', chosen), theme);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await still(page);
      await act(page);
      await still(page);
      await accessible(page, name);
      await page.close();
    }
  });
}

test('in the smallest window every control is inside it, in the longer languages too', async () => {
  for (const lang of ['de', 'fr', 'it']) {
    const page = await browser.open({ lang }, { width: 900, height: 600 });
    await page.locator('[data-testid=conversation-row]').first().click();
    await page.waitForSelector('[data-testid=route-chip]');
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, input')]
        .filter((element) => element.offsetParent !== null && !element.closest('[role=listbox], .chips, .visually-hidden'))
        .map((element) => [element.textContent || element.ariaLabel, element.getBoundingClientRect()])
        .filter(([, box]) => box.right > innerWidth + 1 || box.left < -1 || box.width < 14)
        .map(([name]) => name),
    );
    assert.deepEqual(cut, [], lang);
    await page.close();
  }
});
