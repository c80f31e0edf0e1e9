import { useState } from 'react'
import type { Envelope, Journal, JournalEvent } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'
import { Seal } from '../../seal/seal.tsx'
import { type JournalWorld, journalWords } from './journal-words.ts'

const shownFirst = 20

/** The audit journal, newest first, each record with the head of its hash; the chain is computed. */
export function JournalCard(props: {
  readonly envelope: Envelope
  readonly journal: Journal
  readonly self: JournalWorld['self']
}) {
  const { t, format } = useAppSpeech()
  const [isWhole, setWhole] = useState(false)
  const { chain, items } = props.journal
  const newest = [...items].sort((a, b) => b.seq - a.seq)
  const shown = isWhole ? newest : newest.slice(0, shownFirst)
  const days = groupByDay(shown, format.day)
  const text = useProviderText()
  const world: JournalWorld = {
    signings: new Map(
      props.envelope.signings.map(({ id, recipient, methods }) => [
        id,
        { name: recipient.name, provider: methods[0]?.provider ?? '' },
      ]),
    ),
    files: filesOf(props.envelope),
    self: props.self,
    text,
  }

  return (
    <section className="card" aria-labelledby="events-title" id="events" data-testid="journal">
      <header className="card-head">
        <h2 id="events-title">{t('journal.title')}</h2>
        <span
          className={chain.intact ? 'chip tone-ok' : 'chip tone-bad'}
          title={t('journal.chain.hint')}
          data-testid="chain"
        >
          <Icon name="link" />
          {chain.intact
            ? t('journal.chain.intact')
            : t('journal.chain.broken', { seq: chain.brokenAt ?? 0 })}
        </span>
      </header>
      <div className="card-body">
        {days.map(({ day, events }) => (
          <div key={day}>
            <p className="caption faint journal-day">
              {day}, {format.zone(events[0]?.at ?? new Date())}
            </p>
            <ol className="journal">
              {events.map((event) => (
                <JournalLine key={event.seq} event={event} world={world} />
              ))}
            </ol>
          </div>
        ))}
        {shown.length < newest.length ? (
          <button type="button" className="link-button small" onClick={() => setWhole(true)}>
            {t('journal.all', { count: newest.length })}
          </button>
        ) : null}
      </div>
    </section>
  )
}

function JournalLine(props: { readonly event: JournalEvent; readonly world: JournalWorld }) {
  const { event } = props
  const { t, format } = useAppSpeech()
  const { text, mark } = journalWords(t, event, props.world)

  return (
    <li>
      <time dateTime={event.at} title={format.proofTime(event.at, 'seconds')}>
        {format.clock(event.at)}
      </time>
      {mark === 'seal' ? (
        <Seal state="signed" size="xs" />
      ) : (
        <span className={`journal-dot dot-${mark}`} aria-hidden="true" />
      )}
      <div className="wrap-anywhere">
        {text}{' '}
        <span className="mono caption faint" title={event.hash}>
          {event.hash.slice(0, 4)}
        </span>
      </div>
    </li>
  )
}

function groupByDay(
  events: readonly JournalEvent[],
  dayOf: (at: string) => string,
): readonly { readonly day: string; readonly events: readonly JournalEvent[] }[] {
  const groups: { day: string; events: JournalEvent[] }[] = []

  for (const event of events) {
    const day = dayOf(event.at)
    const last = groups[groups.length - 1]

    if (last?.day === day) last.events.push(event)
    else groups.push({ day, events: [event] })
  }

  return groups
}

/** Which document each signature is of; one document alone needs no name. */
function filesOf({ documents, signings }: Envelope): ReadonlyMap<string, string> {
  if (documents.length < 2) return new Map()

  const names = new Map(documents.map(({ id, fileName }) => [id, fileName]))

  return new Map(
    signings
      .flatMap(({ artifacts }) => artifacts)
      .flatMap(({ id, document }) => {
        const name = names.get(document)

        return name === undefined ? [] : [[id, name] as const]
      }),
  )
}
