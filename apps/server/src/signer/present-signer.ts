import type { LocalisedText } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { counts, maskRecipient, presentRequest } from '../envelopes/present-envelope.ts'
import { type ReportSummary, readReportSummaries } from '../verification/report-store.ts'
import type { FoundSigning } from './find-signing.ts'

export type SignerView = {
  readonly mode: 'sandbox' | 'live'
  readonly sandbox?: { readonly phoneUrl: string } | undefined
  readonly organisation: {
    readonly name: string
    readonly names: LocalisedText
    readonly bin?: string | undefined
  }
  readonly title: string
  readonly recipient: {
    readonly name: string
    readonly locale: string
    readonly identifiersMasked: Readonly<Record<string, string>>
  }
  readonly deadline?: string | undefined
  readonly state: string
  readonly envelopeState: string
  readonly reason?: string | undefined
  readonly documents: readonly {
    readonly position: number
    readonly title: LocalisedText
    readonly fileName: string
    readonly mediaType: string
    readonly size: number
    readonly sha256: string
  }[]
  readonly request?: ReturnType<typeof presentRequest> | undefined
  readonly attention?: { readonly kind: string; readonly code: string } | undefined
  readonly report?: ReportSummary | undefined
}

/** What a signer may know: who asks, for whom, what, until when, and how it stands. Nobody else's data. */
export async function presentSigner(app: AppContext, found: FoundSigning): Promise<SignerView> {
  const { aggregate, signing, recipient } = found
  const organisation = await app.db
    .selectFrom('organisations')
    .select(['name', 'names', 'bin', 'sandbox'])
    .where('id', '=', aggregate.envelope.organisation)
    .executeTakeFirstOrThrow()
  const request =
    aggregate.requests.findLast(
      (candidate) => candidate.signing === signing.id && candidate.state !== 'closed',
    ) ?? aggregate.requests.findLast((candidate) => candidate.signing === signing.id)
  const connection =
    request === undefined ? undefined : await loadConnection(app, request.connection)
  const accepted = aggregate.artifacts.find(
    (artifact) => artifact.signing === signing.id && counts(artifact, signing),
  )
  const reports = accepted === undefined ? undefined : await readReportSummaries(app.db, aggregate)
  const waiting = signing.state === 'waiting' && !signing.planning

  return {
    mode: organisation.sandbox ? 'sandbox' : 'live',
    sandbox:
      organisation.sandbox && app.config.mode === 'sandbox'
        ? { phoneUrl: `${app.config.sandboxConsoleUrl}/phone` }
        : undefined,
    organisation: {
      name: organisation.name,
      names: organisation.names,
      bin: organisation.bin ?? undefined,
    },
    title: aggregate.envelope.title,
    recipient: {
      name: recipient.name,
      locale: recipient.locale,
      identifiersMasked: maskRecipient(recipient),
    },
    deadline: aggregate.envelope.deadline,
    state: waiting && aggregate.envelope.state === 'sent' ? 'not-your-turn' : signing.state,
    envelopeState: aggregate.envelope.state,
    reason: signing.reason,
    documents: aggregate.documents.map((document) => ({
      position: document.position,
      title: document.title,
      fileName: document.fileName,
      mediaType: document.mediaType,
      size: document.size,
      sha256: document.sha256,
    })),
    request:
      request === undefined ? undefined : presentRequest(app, aggregate, request, connection),
    attention:
      request?.attention === undefined
        ? undefined
        : { kind: request.attention.kind, code: request.attention.code },
    report: accepted === undefined ? undefined : reports?.get(accepted.id),
  }
}
