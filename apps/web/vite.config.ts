import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Two pages, two first loads: the application and the signer page, which shares no shell with it.
 * Assets are never inlined into scripts, so that a strict Content-Security-Policy holds.
 */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    // Signers come with old phones: this is the oldest set that React 19 itself runs on.
    target: ['chrome87', 'firefox78', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Which chunk needs which: the budget test reads it.
    manifest: 'manifest.json',
    rollupOptions: {
      input: { app: here('./index.html'), sign: here('./sign.html') },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/v1': 'http://127.0.0.1:8080',
      '/login/': 'http://127.0.0.1:8080',
      '^/s/[^/]+/api': 'http://127.0.0.1:8080',
    },
  },
})
