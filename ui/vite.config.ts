/// <reference types="vitest/config" />
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

/** The pictures of Lucide stay as they are; what draws them is ours (`Icon.svelte`). */
const pictures: Plugin = {
  name: 'pictures',
  enforce: 'pre',
  resolveId: (wanted, from) => (wanted === '../Icon.svelte' && from?.includes('/@lucide/svelte/') ? new URL('./src/components/shared/Icon.svelte', import.meta.url).pathname : undefined),
};

// Mode `fake` runs the whole window in a browser on the in-memory host. The product build does not contain that host:
// its import stands behind a comparison of `import.meta.env.MODE` and falls away.
export default defineConfig(({ mode }) => ({
  plugins: [
    // vitest takes the compiled texts as they are: the plugin's own watcher would keep it from ending.
    process.env['VITEST'] ? [] : paraglideVitePlugin({ project: './project.inlang', outdir: './src/lib/paraglide', strategy: ['globalVariable', 'baseLocale'] }),
    pictures,
    svelte(),
  ],
  resolve: {
    alias: { $lib: new URL('./src/lib', import.meta.url).pathname, $components: new URL('./src/components', import.meta.url).pathname },
    ...(process.env['VITEST'] ? { conditions: ['browser'] } : {}),
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  build: {
    target: ['es2022', 'safari16', 'chrome120'],
    outDir: mode === 'fake' ? 'test-results/app' : 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    env: { TZ: 'Europe/Berlin' },
  },
}));
