import { type EpguErrorCode, epguCodes, esiaCodes } from '@muhr/epgu'
import { describe, expect, it } from 'vitest'
import { loadGoskeyClerkTexts } from '../descriptor.ts'

const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()

/** Codes of the client with which a call ends for good; the others pass, or are no refusal. */
type Lasting = Exclude<
  EpguErrorCode,
  | `goskey.${string}`
  | `${string}.unavailable`
  | `${string}.unreachable`
  | `${string}.unreadable-answer`
  | 'epgu.outcome-unknown'
  | 'epgu.invalid-argument'
>

// The compiler holds this list complete.
const lasting: Readonly<Record<Lasting, true>> = {
  'esia.refused': true,
  'esia.invalid-api-key': true,
  'esia.invalid-signature': true,
  'epgu.refused': true,
  'epgu.not-found': true,
  'epgu.unknown-url': true,
  'epgu.unauthorised': true,
  'epgu.rate-limited': true,
  'epgu.redirect-refused': true,
  'epgu.download-too-large': true,
  'epgu.chunk-window-overrun': true,
  'epgu.source-changed': true,
  'epgu.quota-full': true,
  'epgu.too-many-pages': true,
  'epgu.dictionary-refused': true,
}

describe('what the clerk reads about Goskey', () => {
  it.each(['kk', 'uz', 'en'] as const)('%s has the keys and places of ru', async (locale) => {
    const ru = await loadGoskeyClerkTexts('ru')
    const other = await loadGoskeyClerkTexts(locale)

    expect(Object.keys(other).sort()).toEqual(Object.keys(ru).sort())
    for (const [key, text] of Object.entries(ru)) {
      expect(placesOf(other[key] ?? ''), key).toEqual(placesOf(text))
    }
  })

  it('has words for each end, each rule of a package, and nothing of the settings', async () => {
    const keys = Object.keys(await loadGoskeyClerkTexts('ru'))

    expect(keys).toEqual(
      expect.arrayContaining([
        'reason.goskey.rejected',
        'reason.goskey.recipient-not-found',
        'reason.goskey.sender-signature',
        'plan.documents-count',
        'plan.name-characters',
        'signing.sent',
      ]),
    )
    expect(keys.filter((key) => /^(connection|doctor)\./.test(key))).toEqual([])
  })

  it.each(['ru', 'kk', 'uz', 'en'] as const)(
    '%s: says why a signing ended with a code of ESIA or of the gateway',
    async (locale) => {
      const texts = await loadGoskeyClerkTexts(locale)
      const codes = [
        ...Object.keys(esiaCodes).map((code) => `esia.${code}`),
        ...Object.keys(epguCodes).map((code) => `epgu.${code}`),
        ...Object.keys(lasting),
      ]

      for (const code of codes) {
        expect(texts[`reason.${code}`] ?? '', code).not.toBe('')
      }
    },
  )
})
