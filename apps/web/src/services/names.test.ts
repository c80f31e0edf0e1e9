import { describe, expect, it } from 'vitest'
import { locales } from '../i18n/message.ts'
import { loadProviderTexts, providerDescriptors, providerName, sandboxPhones } from './registry.ts'

const textIn = async (locale: (typeof locales)[number]) => {
  const texts = await loadProviderTexts(locale, 'clerk')

  return (provider: string, key: string) => texts[`${provider}:${key}`] ?? ''
}

describe('names of services', () => {
  it.each(locales)('%s: one name in lists, buttons and sentences', async (locale) => {
    const text = await textIn(locale)
    const name = locale === 'en' ? 'Goskey' : 'Госключ'
    const other = locale === 'en' ? 'Госключ' : 'Goskey'

    expect(providerName(text, 'goskey')).toBe(name)
    expect(sandboxPhones(text, 'http://127.0.0.1:8100/').map((each) => each.name)).toContain(name)

    const texts = Object.entries(await loadProviderTexts(locale, 'clerk'))
    expect(texts.filter(([, words]) => words.includes(other))).toEqual([])
  })

  it('a service without another name has its own, one that nobody knows its id', async () => {
    const text = await textIn('en')

    for (const { id, name } of providerDescriptors.filter((each) => each.id !== 'goskey')) {
      expect(providerName(text, id)).toBe(name)
    }
    expect(providerName(text, 'telex')).toBe('telex')
  })
})
