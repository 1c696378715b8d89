/**
 * Draws the views and states as pictures into `ui/test-results/gallery`, to be looked at. Words choose scenes by the beginning of their name;
 * `--lang=de,fr`, `--theme=light`, `--size=1280x800` narrow the rest; `--look=compact,large,forced,longer` draws it with narrow rows, with text
 * of 150 %, in forced colours, with words 40 % longer.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCENES } from './scenes.mjs';
import { lengthen, pictures, start, still } from './window.mjs';

const words = process.argv.slice(2);
const only = words.filter((word) => !word.startsWith('--'));
const choice = (name, usual) => words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1]?.split(',') ?? usual;
const AT_ONCE = 4;
const QUERIES = { compact: { rows: 'compact' }, large: { text: '150' } };

const folder = join(pictures, 'gallery');
mkdirSync(folder, { recursive: true });
const browser = await start();
const jobs = [];
for (const lang of choice('lang', ['de', 'en', 'fr', 'it'])) {
  for (const theme of choice('theme', ['light', 'dark'])) {
    for (const size of choice('size', ['1280x800', '1024x640'])) {
      for (const look of choice('look', ['plain'])) {
        for (const scene of SCENES) {
          if (only.length === 0 || only.some((word) => scene[0].startsWith(word))) jobs.push({ lang, theme, size, look, scene });
        }
      }
    }
  }
}

async function draw({ lang, theme, size, look, scene: [name, query, act] }) {
  const [width, height] = size.split('x').map(Number);
  const page = await browser.open({ theme, lang, ...QUERIES[look], ...query }, { width, height });
  try {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce', ...(look === 'forced' && { forcedColors: 'active' }) });
    await still(page);
    await act(page);
    await still(page);
    if (look === 'longer') await lengthen(page);
  } catch (error) {
    page.troubles.push(`not reached: ${String(error.message).split('\n')[0]}`);
  }
  await page.screenshot({ path: join(folder, `${name}-${lang}-${theme}-${width}${look === 'plain' ? '' : `-${look}`}.png`) });
  if (page.troubles.length > 0) console.log(name, lang, page.troubles);
  await page.close();
}

const count = jobs.length;
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await draw(job);
}));
await browser.close();
console.log(`${count} pictures in ${folder}`);
