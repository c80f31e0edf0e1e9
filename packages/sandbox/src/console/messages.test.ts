import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LOCALES, messages, messagesOf } from './messages.ts'

const names = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

describe('the texts of the console', () => {
  it('say something in every language, with the same values filled in', () => {
    for (const [key, message] of Object.entries(messages)) {
      for (const locale of LOCALES) {
        expect(message[locale].trim(), `${key} ${locale}`).not.toBe('')
        expect(names(message[locale]), `${key} ${locale}`).toEqual(names(message.ru))
      }
    }
  })

  it('have every key that the pages ask for', async () => {
    const folder = join(import.meta.dirname, 'page')
    const known = new Set(Object.keys(messagesOf('ru')))
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8')
      const asked = file.endsWith('.html')
        ? [...text.matchAll(/\{\{([a-z-]+\.[a-z.-]+)\}\}/g)]
        : [...text.matchAll(/\bt\(\s*'([a-z.-]+)'/g)]
      for (const [, key] of asked) expect(known, `${file} ${key}`).toContain(key)
    }
  })

  it('use the Uzbek letters oʻ and gʻ, not apostrophes', () => {
    for (const text of Object.values(messagesOf('uz'))) expect(text).not.toMatch(/[oOgG]['’‘`]/)
  })
})
