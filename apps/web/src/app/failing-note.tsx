import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../api/queries.ts'
import { Note } from '../components/note.tsx'
import { Rich } from '../i18n/text-context.tsx'
import { useAppSpeech } from './use-app-speech.ts'

/** How often services are looked at again while the page is open, ms. */
const againMs = 60_000

/** A question that is so late leaves states behind what the service knows, seconds. */
const tellLateSeconds = 120

/**
 * Connections whose service does not answer what became of our requests: what stands on the page may be
 * old, and we go on asking. One that answers, but has more asked of it than it can, is told as late. `providers` narrows it to those of an envelope.
 */
export function FailingNote(props: { readonly providers?: ReadonlySet<string> | undefined }) {
  const { t, format } = useAppSpeech()
  const { data } = useQuery({ ...providersQuery, refetchInterval: againMs })
  const connections = (data?.items ?? [])
    .filter(({ id }) => props.providers?.has(id) ?? true)
    .flatMap(({ connections }) => connections ?? [])

  return connections.map(({ id, name, failing: fault, lateSeconds = 0 }) =>
    fault === undefined ? (
      lateSeconds < tellLateSeconds ? null : (
        <Note key={id} kind="warn" icon="clock" testId="late">
          <Rich text={t('live.late', { name, minutes: Math.round(lateSeconds / 60) })} />
        </Note>
      )
    ) : (
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
