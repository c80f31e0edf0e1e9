import type {
  Attention,
  EnvelopeState,
  MaskedRecipient,
  Mode,
  Presentation,
  RecipientKind,
  ReportSummary,
  RequestState,
  SigningState,
} from '../api/types.ts'
import type { Locale } from '../i18n/message.ts'

/** `GET /s/{token}/api/view`: all that a signer may know. */
export type SignerView = {
  readonly mode: Mode
  readonly sandbox?: { readonly phoneUrl: string } | undefined
  readonly organisation: {
    readonly name: string
    readonly names?: { readonly [L in Locale]?: string | undefined } | undefined
    readonly bin?: string | undefined
  }
  readonly title: string
  readonly recipient: {
    readonly name: string
    readonly identifiersMasked: MaskedRecipient
    readonly locale: Locale
  }
  readonly deadline?: string | undefined
  readonly state: SigningState | 'not-your-turn'
  readonly envelopeState: EnvelopeState
  readonly documents: readonly {
    readonly position: number
    readonly title?: { readonly [L in Locale]?: string | undefined } | string | undefined
    readonly fileName: string
    readonly mediaType: string
    readonly size: number
    readonly sha256: string
  }[]
  readonly request?:
    | {
        readonly id?: string | undefined
        readonly provider: string
        readonly method: string
        readonly state: RequestState
        readonly presentation?: Presentation | undefined
        readonly window?: { readonly opensAt: string; readonly expiresAt: string } | undefined
      }
    | undefined
  readonly attention?: Attention | undefined
  readonly report?: ReportSummary | undefined
}

/** What the page shows: one face for each. */
export type SignerPhase =
  | 'waiting'
  | 'preparing'
  | 'ready'
  | 'opened'
  | 'code-over'
  | 'checking'
  | 'held'
  | 'signed'
  | 'declined'
  | 'expired'
  | 'voided'
  | 'failed'

function retryPhase(view: SignerView): SignerPhase {
  return view.request?.presentation === undefined ? 'code-over' : 'opened'
}

/**
 * The face of the page for a view. An open signing whose code is over (closed request, or none)
 * offers a new one; everything else follows the signing's own state.
 */
export function signerPhase(view: SignerView): SignerPhase {
  switch (view.state) {
    case 'not-your-turn':
    case 'waiting':
      return 'waiting'
    case 'sealing':
    case 'dispatching':
      return 'preparing'
    case 'sent':
    case 'viewed':
      if (view.request?.presentation === undefined) return 'code-over'

      return view.state === 'viewed' ? 'opened' : 'ready'
    case 'received':
      // The last signature was not accepted and the link is still open: the signer may try again.
      return view.attention === undefined ? 'checking' : retryPhase(view)
    default:
      return view.state
  }
}

const ends: ReadonlySet<SignerPhase> = new Set([
  'signed',
  'declined',
  'expired',
  'voided',
  'failed',
])

/** Nothing more will happen on this page. */
export function isOver(phase: SignerPhase): boolean {
  return ends.has(phase)
}

/** Name of the asking organisation in the reader's language. */
export function organisationName(view: SignerView, locale: Locale): string {
  return view.organisation.names?.[locale] ?? view.organisation.name
}

/** Title of a document in the reader's language; names of files are not translated. */
export function documentTitle(document: SignerView['documents'][number], locale: Locale): string {
  const { title } = document

  if (typeof title === 'string') return title === '' ? document.fileName : title

  return title?.[locale] ?? title?.ru ?? document.fileName
}

/** Kind and masked number by which the signer is expected: the person before the organisation. */
export function expectedNumber(
  identifiers: MaskedRecipient,
): { readonly kind: RecipientKind; readonly masked: string } | undefined {
  for (const kind of [
    'iin',
    'snils',
    'pinfl',
    'inn',
    'bin',
    'ogrn',
    'uzInn',
    'esiaOid',
    'rafp',
    'phone',
    'email',
  ] as const) {
    const masked = identifiers[kind]

    if (masked !== undefined) return { kind, masked }
  }

  return undefined
}
