import type { Preflight } from '../../api/types.ts'
import type { useAppSpeech } from '../../app/use-app-speech.ts'
import { ownWords, type ServiceText } from '../../services/service-words.ts'
import type { RecipientDraft } from './draft.ts'
import type { FindingWords } from './finding-words.ts'

/** Nobody wants to be told of a shorter wait, ms. */
const shortWaitMs = 60_000

/** When requests leave that the quota of their service makes wait, told before sending. */
export function departureWords(
  speech: Pick<ReturnType<typeof useAppSpeech>, 't' | 'format'> & { readonly text: ServiceText },
  dispatches: NonNullable<Preflight['dispatches']>,
  form: { readonly recipients: readonly RecipientDraft[]; readonly now: Date },
): readonly FindingWords[] {
  const { t, format, text } = speech

  return dispatches.flatMap(({ recipient: index, provider, expectedAt }) => {
    const key = form.recipients[index]?.key
    const what = ownWords(
      text,
      { provider, key: 'quota.wait' },
      { time: format.proofTime(expectedAt) },
    )
    const isSoon = Date.parse(expectedAt) - form.now.getTime() <= shortWaitMs
    if (key === undefined || what === undefined || isSoon) return []

    return [
      {
        level: 'warning',
        target: `f-${key}-service`,
        where: t('where.recipient', { place: index + 1 }),
        what,
      },
    ]
  })
}
