import { defineConfig } from 'vitest/config'

/** The tests that mutants are held against: those of the rooms themselves, which need no other program. */
export default defineConfig({
  test: {
    include: ['cms', 'cades', 'path', 'policy', 'verify'].map(
      (room) => `packages/pki/src/${room}/**/*.test.ts`,
    ),
    exclude: [
      '**/node_modules/**',
      '**/*.soak.test.ts',
      '**/openssl-*.test.ts',
      '**/every-octet.test.ts',
      '**/any-octets.test.ts',
      '**/looks-like-signature.test.ts',
    ],
    testTimeout: 60_000,
  },
})
