/** axe over every view and state, light and dark, in each language: nothing serious or critical. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, barriers, start, still } from './window.mjs';
import { SCENES } from './scenes.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const LANGUAGES = ['de', 'en', 'fr', 'it'];
const AT_ONCE = 3;

for (const lang of LANGUAGES) {
  test(`every view and state in both themes, ${lang}`, { timeout: 900_000 }, async () => {
    const found = [];
    const left = [...SCENES];
    const look = async ([name, query, act]) => {
      const page = await browser.open({ lang, theme: 'light', ...query });
      await still(page);
      await act(page).catch((error) => assert.fail(`${name}: ${error.message}`));
      await still(page);
      found.push(...(await barriers(page, `${name}, light`)));
      await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
      await still(page);
      found.push(...(await barriers(page, `${name}, dark`)));
      await page.close();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let scene = left.shift(); scene; scene = left.shift()) await look(scene);
    }));
    assert.deepEqual(found, []);
  });
}

test('in the smallest window every control is inside it, in the longer languages too', async () => {
  for (const lang of ['de', 'fr', 'it']) {
    const page = await browser.open({ lang }, { width: 900, height: 600 });
    await page.locator('[data-testid=conversation-row]').first().click();
    await answer(page);
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
