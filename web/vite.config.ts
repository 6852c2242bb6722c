import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** react-aria ships its own few words in 34 languages; the app speaks two. */
const onlyOurLanguages: Plugin = {
  name: 'only-our-languages',
  load: {
    filter: { id: /react-(aria|stately|aria-components)\/dist\/private\/.*intl\/.*[a-z]{2}-[A-Z]{2}\.mjs$/ },
    handler: (id) => (/(ja-JP|en-US)\.mjs$/.test(id) ? null : 'export default {}'),
  },
}

export default defineConfig({
  plugins: [react(), tailwindcss(), onlyOurLanguages],
  // The address ends in a slash: api.ts is a file of ours.
  server: { proxy: { '/api/': 'http://127.0.0.1:3000' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined as a data: address, so that the content security policy can allow 'self' alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
