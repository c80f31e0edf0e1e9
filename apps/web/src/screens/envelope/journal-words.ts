import type { JournalEvent } from '../../api/types.ts'
import type { FullCatalogue } from '../../app/use-app-speech.ts'
import { shortName } from '../../format/texts.ts'
import type { AppKey } from '../../i18n/app/ru.ts'
import type { Translate } from '../../i18n/message.ts'
import { providerName } from '../../services/registry.ts'
import { ownWords, reasonWords, type ServiceText } from '../../services/service-words.ts'

export type JournalMark = 'plain' | 'live' | 'warn' | 'seal'
export type JournalWords = { readonly text: string; readonly mark: JournalMark }

/** What a sentence of the journal needs to know besides its event. */
export type JournalWorld = {
  /** Person and service of each signing, by its id. */
  readonly signings: ReadonlyMap<string, { readonly name: string; readonly provider: string }>
  /** File that each artifact is about, by its id; none where the envelope has one document alone. */
  readonly files: ReadonlyMap<string, string>
  /** The reader: the journal names people by id alone. */
  readonly self: { readonly id: string; readonly name: string }
  /** Words of the services: `observed.CODE`, `reason.CODE`, `event.TYPE` in place of ours. */
  readonly text: ServiceText
}

type EventKey = Extract<AppKey, `event.${string}`>

/** Events with words of their own: which words, and the mark on the line. */
const known: Readonly<Record<string, readonly [key: EventKey, mark: JournalMark]>> = {
  'envelope.created': ['event.envelope.created', 'plain'],
  'envelope.sent': ['event.envelope.sent', 'live'],
  'envelope.completed': ['event.envelope.completed', 'seal'],
  'envelope.declined': ['event.envelope.declined', 'warn'],
  'envelope.expired': ['event.envelope.expired', 'warn'],
  'envelope.voided': ['event.envelope.voided', 'warn'],
  'envelope.failed': ['event.envelope.failed', 'warn'],
  'envelope.concluded': ['event.envelope.concluded', 'plain'],
  'signing.started': ['event.signing.started', 'plain'],
  'signing.sealing': ['event.signing.sealing', 'live'],
  'signing.dispatching': ['event.signing.dispatching', 'live'],
  'signing.sent': ['event.signing.sent', 'live'],
  'signing.viewed': ['event.signing.viewed', 'live'],
  'signing.received': ['event.signing.received', 'live'],
  'signing.held': ['event.signing.held', 'warn'],
  'signing.signed': ['event.signing.signed', 'seal'],
  'signing.accepted': ['event.signing.accepted', 'warn'],
  'signing.declined': ['event.signing.declined', 'warn'],
  'signing.expired': ['event.signing.expired', 'warn'],
  'signing.voided': ['event.signing.voided', 'plain'],
  'signing.failed': ['event.signing.failed', 'warn'],
  'request.planned': ['event.request.planned', 'plain'],
  'request.claimed': ['event.request.claimed', 'plain'],
  'request.opened': ['event.request.opened', 'live'],
  'request.unknown': ['event.request.unknown', 'warn'],
  'request.closed': ['event.request.closed', 'plain'],
  'request.observed': ['event.request.observed', 'plain'],
  'request.attention': ['event.request.attention', 'warn'],
  'request.attention.seal': ['event.request.attention.seal', 'warn'],
  'request.attention.provider': ['event.request.attention.provider', 'warn'],
  'request.rejected': ['event.request.rejected', 'warn'],
  'request.deferred': ['event.request.deferred', 'plain'],
  'seal.planned': ['event.seal.planned', 'plain'],
  'seal.wanted': ['event.seal.wanted', 'plain'],
  'seal.made': ['event.seal.made', 'live'],
  'seal.stale': ['event.seal.stale', 'warn'],
  'artifact.received': ['event.artifact.received', 'live'],
  'artifact.repeated': ['event.artifact.repeated', 'plain'],
  'artifact.accepted': ['event.artifact.accepted', 'live'],
  'artifact.held': ['event.artifact.held', 'warn'],
  'artifact.refused': ['event.artifact.refused', 'warn'],
  'artifact.rechecked': ['event.artifact.rechecked', 'plain'],
  'signing.renewed': ['event.signing.renewed', 'plain'],
  'request.reserved': ['event.request.reserved', 'plain'],
  'request.resent': ['event.request.resent', 'plain'],
  'request.cancelling': ['event.request.cancelling', 'plain'],
  'artifact.late': ['event.artifact.late', 'plain'],
  'callback.refused': ['event.callback.refused', 'warn'],
}

const ends = ['signed', 'declined', 'expired', 'voided', 'failed'] as const

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * One record of the journal as a sentence about its object. A type without words of ours is shown
 * by its code: nothing of the journal is hidden.
 */
export function journalWords(
  t: Translate<FullCatalogue>,
  event: JournalEvent,
  world: JournalWorld,
): JournalWords {
  const [key, mark] = known[attentionType(event)] ?? []

  if (key === undefined || mark === undefined) return { text: event.type, mark: 'plain' }

  const signing = event.signingId === undefined ? undefined : world.signings.get(event.signingId)
  const provider = textOf(event.data?.['provider']) || signing?.provider
  const observed = textOf(event.data?.['observation'])
  const told = observed === '' ? '' : world.text(provider ?? '', `observed.${observed}`)

  if (told !== '') return { text: told, mark }

  const code = textOf(event.data?.['code']) || observed || textOf(event.data?.['outcome'])
  const reason = textOf(event.data?.['reason'])

  const params = {
    name: shortName(signing?.name ?? ''),
    actor: actorName(t, event, world),
    service: provider === undefined ? '' : providerName(world.text, provider),
    code: codeWords(t, world.text, { provider: provider ?? '', code }),
    reason: reasonWords(world.text, provider ?? '', reason) ?? reason,
  }
  const own = ownWords(world.text, { provider: provider ?? '', key: `event.${event.type}` }, params)

  const file = world.files.get(event.artifactId ?? '')
  const about = (text: string) => (file === undefined ? tidy(text) : `${tidy(text)}, ${file}`)

  if (own !== undefined) return { text: about(own), mark }

  // Every event text takes its places from these; the compiler cannot follow a table of keys.
  const say = t as (key: EventKey, params: Readonly<Record<string, string>>) => string

  return { text: about(say(key, params)), mark }
}

/** An attention that is not about a signature of the signer has words of its own. */
function attentionType({ type, data }: JournalEvent): string {
  const kind = data?.['kind']

  return type === 'request.attention' && (kind === 'seal' || kind === 'provider')
    ? `${type}.${kind}`
    : type
}

/** An outcome that is a state by its word, a reason in the words of its service, else the code. */
function codeWords(
  t: Translate<FullCatalogue>,
  text: ServiceText,
  { provider, code }: { readonly provider: string; readonly code: string },
): string {
  const end = ends.find((state) => state === code)

  if (end !== undefined) return `(${t(`state.${end}`).toLocaleLowerCase()})`

  return reasonWords(text, provider, code) ?? code
}

/** Empty places leave no marks behind. */
function tidy(text: string): string {
  return text
    .replace(/[:,]\s*(?=$)/, '')
    .replace(/\s*«»/, '')
    .replace(/\s*“”/, '')
    .replace(/\s+\(\)/, '')
    .replace(/\s{2,}/g, ' ')
    .trim()
    .replace(/:$/, '')
}

function actorName(t: Translate<FullCatalogue>, event: JournalEvent, world: JournalWorld): string {
  const { id, name } = event.actor

  if (name !== undefined && name !== '') return shortName(name)
  if (id !== undefined && id === world.self.id) return shortName(world.self.name)

  switch (event.actor.kind) {
    case 'user':
      return t('actor.user')
    case 'api-key':
      return t('actor.key')
    case 'signer':
      return t('actor.signer')
    case 'provider':
      return providerName(world.text, event.actor.id ?? '')
    default:
      return 'Muhr'
  }
}
