import { readFileSync } from 'node:fs'
import { loadGoskeyClerkTexts } from '@muhr/provider-goskey/web'
import { describe, expect, it } from 'vitest'
import type { Translate } from '../../../i18n/message.ts'
import type { BenchCatalogue } from '../../../i18n/workbench/ru.ts'
import { benchRu } from '../../../i18n/workbench/ru.ts'
import { adviceWords } from '../use-advice-words.ts'
import { ruleWords } from './rule-words.ts'

const t = ((key: keyof typeof benchRu) => benchRu[key]) as unknown as Translate<BenchCatalogue>

/** The rules as the checker names them: the pages may read its text, not import it. */
const rulesFile = new URL('../../../../../../packages/epgu/src/goskey/rules.ts', import.meta.url)
const rules = [...readFileSync(rulesFile, 'utf8').matchAll(/^ {2}'([a-z-]+)': '/gm)].map(
  ([, rule = '']) => rule,
)

describe('words of the workbench for codes', () => {
  it('knows all rules', () => expect(rules.length).toBeGreaterThanOrEqual(53))

  it.each(rules)('says the rule %s and what to do about it', (rule) => {
    expect(ruleWords(t, rule)).toMatch(/[.:].+\.$/)
  })

  it.each(['ru', 'kk', 'uz', 'en'] as const)(
    '%s: says what to do about a code of ESIA, of the portal and of ours',
    async (locale) => {
      const texts = await loadGoskeyClerkTexts(locale)
      const text = (provider: string, key: string) =>
        provider === 'goskey' ? (texts[key] ?? '') : ''

      for (const code of ['ESIA-037213', 'order_access', 'esia.refused', 'epgu.quota-full']) {
        expect(adviceWords(text, code), code).toMatch(/\.$/)
      }
      expect(adviceWords(text, 'constructor')).toBeUndefined()
    },
  )
})
