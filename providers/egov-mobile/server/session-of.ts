import {
  isSupportedSignMethod,
  type Session,
  type SessionAuth,
  type SessionClosed,
  type SessionDocument,
} from '@muhr/egov-mobile'
import type { ContentView, ProviderIo, ReceiveInput, RequestView } from '@muhr/envelope'
import type { EgovHandle } from './advance.ts'
import type { EgovConnection } from './connection.ts'
import { namesOf } from './names.ts'
import { essenceOf } from './plan.ts'
import { api1UrlOf, api2UrlOf } from './present.ts'

type SessionInput = Pick<
  ReceiveInput<EgovConnection, EgovHandle>,
  'request' | 'sender' | 'addresses' | 'io'
>

/**
 * The session of a request in the protocol's terms, or undefined while the request was never opened.
 * Documents are numbered from 1 in their order; our own ids never leave the house.
 */
export function sessionOf({ request, sender, addresses, io }: SessionInput): Session | undefined {
  const { handle, window, method } = request
  const names = namesOf(sender.name)
  if (handle === undefined || window === undefined || names === undefined) return undefined
  if (!isSupportedSignMethod(method)) return undefined

  const auth: SessionAuth =
    handle.auth === 'Token' ? { type: 'Token', token: addresses.bearer } : { type: 'None' }
  const closed = closedOf(request)

  return {
    api1Url: api1UrlOf(addresses),
    api2Url: api2UrlOf(addresses),
    description: request.title,
    organisation: { ...names, bin: sender.bin ?? '' },
    expiresAt: new Date(window.expiresAt),
    auth,
    signMethod: method,
    documents: request.contents.map((content) => documentOf(content, handle, io)),
    ...(closed === undefined ? {} : { closed }),
    received: request.submissions
      .filter(({ outcome }) => outcome === 'pending' || outcome === 'held')
      .map(({ digest }) => digest),
  }
}

/** The number that the app knows a content by. */
export function documentIdOf({ position }: Pick<ContentView, 'position'>): number {
  return position + 1
}

function documentOf(content: ContentView, handle: EgovHandle, io: ProviderIo): SessionDocument {
  const { title, fileName, meta, mediaType } = content.document
  const type = essenceOf(mediaType)

  return {
    id: documentIdOf(content),
    names: namesOf(title, fileName) ?? { nameRu: fileName, nameKz: fileName, nameEn: fileName },
    meta,
    mime: type === 'application/pdf' ? handle.pdfMime : type,
    sizeBytes: content.size,
    data: () => io.read(content.sha256),
  }
}

/**
 * Why a request takes nothing more. An expired one is told so by the clock, also after the core has
 * closed it: the signer is to scan a new code, not to ask the sender.
 */
function closedOf({
  accepted,
  closed,
  outcome,
  submissions,
}: RequestView<EgovHandle>): SessionClosed | undefined {
  if (accepted || outcome === 'signed') {
    // Held ones count once the request ended as signed: a person has accepted them.
    const good = outcome === 'signed' ? ['accepted', 'held'] : ['accepted']

    return {
      kind: 'accepted',
      submissions: submissions
        .filter((submission) => good.includes(submission.outcome))
        .map(({ digest }) => digest),
    }
  }
  if (!closed || outcome === 'expired') return undefined

  switch (outcome) {
    case 'declined':
      return { kind: 'canceled' }
    case 'superseded':
      return { kind: 'replaced' }
    default:
      return { kind: 'withdrawn' }
  }
}
