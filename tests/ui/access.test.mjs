/** axe over every view and state, light and dark, in each language: nothing serious or critical. */
import { after, before, test } from 'node:test';
import { accessible, start } from './window.mjs';
import { SCENES } from './scenes.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

for (const lang of ['de', 'en']) {
  for (const theme of ['light', 'dark']) {
    test(`${lang}, ${theme}`, async () => {
      for (const [name, query, act] of SCENES) {
        const page = await browser.open({ lang, theme, ...query });
        await page.evaluate((chosen) => localStorage.setItem('theke.theme', chosen), theme);
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.waitForTimeout(120);
        await act(page);
        await page.waitForTimeout(120);
        await accessible(page, name);
        await page.close();
      }
    });
  }
}
