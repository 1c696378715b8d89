/** Draws the views and states as pictures into `ui/test-results/gallery`, light and dark, to be looked at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCENES } from './scenes.mjs';
import { pictures, start, still } from './window.mjs';

const only = process.argv.slice(2);
const folder = join(pictures, 'gallery');
mkdirSync(folder, { recursive: true });
const browser = await start();
let drawn = 0;
for (const theme of ['light', 'dark']) {
  for (const [width, height] of [[1280, 800], [1024, 640]]) {
    for (const [name, query, act] of SCENES) {
      if (only.length > 0 && !only.includes(name)) continue;
      const page = await browser.open({ theme, ...query }, { width, height });
      await page.emulateMedia({ colorScheme: theme });
      await still(page);
      await act(page);
      await still(page);
      await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
      if (page.troubles.length > 0) console.log(name, page.troubles);
      await page.close();
      drawn += 1;
    }
  }
}
await browser.close();
console.log(`${drawn} pictures in ${folder}`);
