import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Builds the page from the sources of the packages, so that none of them has to be built first. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@wirepact/source', ...defaultClientConditions] },
  build: {
    outDir: 'dist/page',
    target: 'es2022',
    sourcemap: true,
    // Everything from files of our own: the page's Content-Security-Policy allows nothing inline.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'metrics.html'] },
  },
});
