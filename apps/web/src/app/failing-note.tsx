import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../api/queries.ts'
import { Note } from '../components/note.tsx'
import { Rich } from '../i18n/text-context.tsx'
import { useAppSpeech } from './use-app-speech.ts'

/** How often services are looked at again while the page is open, ms. */
const againMs = 60_000

/**
 * Connections whose service does not answer what became of our requests: what stands on the page may be
 * old, and we go on asking. `providers` narrows it to those of an envelope.
 */
export function FailingNote(props: { readonly providers?: ReadonlySet<string> | undefined }) {
  const { t, format } = useAppSpeech()
  const { data } = useQuery({ ...providersQuery, refetchInterval: againMs })
  const failing = (data?.items ?? [])
    .filter(({ id }) => props.providers?.has(id) ?? true)
    .flatMap(({ connections }) => connections ?? [])

  return failing.map(({ id, name, failing: fault }) =>
    fault === undefined ? null : (
      <Note key={id} kind="warn" icon="refresh" code={fault.code} testId="failing">
        <Rich
          text={t('live.failing', {
            name,
            since: format.dateTime(fault.since),
            again: format.clock(fault.retryAt),
          })}
        />
      </Note>
    ),
  )
}
