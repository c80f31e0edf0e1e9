import {
  type Artifact,
  type EnvelopeAggregate,
  type Instant,
  type Recipient,
  requestView,
  type Signing,
  type SigningRequest,
} from '@muhr/envelope'
import { type Email, maskEmail, maskPhone, type Phone } from '@muhr/identifiers'
import type { AppContext } from '../app-context.ts'
import {
  type LoadedConnection,
  type LoadedOrganisation,
  loadOrganisation,
} from '../connections/load-connection.ts'
import type { Queryable } from '../database/open-database.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { dispatchesOf } from '../pacing/dispatches-of.ts'
import type { ReportSummary } from '../verification/report-store.ts'
import { readReportSummaries } from '../verification/report-store.ts'
import { displayState } from './display-state.ts'
import { type IdentifierField, maskIdentifierField } from './identifier-fields.ts'
import { requestAddresses, signerUrl } from './request-addresses.ts'

type Presenter = Pick<AppContext, 'providers' | 'secrets' | 'config' | 'tokens' | 'now'> & {
  readonly db: Queryable
}

/** What whoever reads an envelope may see of it. */
export type EnvelopeReader = { readonly scopes: readonly string[] }

/**
 * An envelope as the API shows it: identifiers masked, open requests with what the signer is shown. Links with
 * which whoever has them acts as the signer are shown to those alone who may send.
 */
export async function presentEnvelope(
  app: Presenter,
  aggregate: EnvelopeAggregate,
  reader: EnvelopeReader,
): Promise<EnvelopeBody> {
  const reports = await readReportSummaries(app.db, aggregate)
  const organisation = await loadOrganisation(app, aggregate.envelope.organisation)
  const isStamped =
    aggregate.envelope.endedAt !== undefined && (await hasStampedEvidence(app.db, aggregate))
  const dispatches = await dispatchesOf(app, aggregate)

  const body = presentWith(app, aggregate, { reports, organisation, isStamped, dispatches })

  return reader.scopes.includes('envelopes:write') ? body : withoutBearerLinks(body)
}

function withoutBearerLinks(body: EnvelopeBody): EnvelopeBody {
  return {
    ...body,
    signings: body.signings.map(({ signerUrl: _, ...signing }) => ({
      ...signing,
      requests: signing.requests.map(({ presentation, ...request }) =>
        presentation?.isBearer === true ? request : { ...request, presentation },
      ),
    })),
  }
}

async function hasStampedEvidence(
  db: Queryable,
  { envelope }: EnvelopeAggregate,
): Promise<boolean> {
  const row = await db
    .selectFrom('evidence')
    .select('timestamp_sha256')
    .where('envelope_id', '=', envelope.id)
    .executeTakeFirst()

  return row !== undefined && row.timestamp_sha256 !== null
}

/** As `presentEnvelope`, with everything from the database at hand: pure. */
export function presentWith(
  app: Pick<AppContext, 'config' | 'tokens' | 'now'>,
  aggregate: EnvelopeAggregate,
  known: {
    readonly reports: ReadonlyMap<string, ReportSummary>
    readonly organisation: LoadedOrganisation
    /** The evidence of the ended envelope has its time-stamp. */
    readonly isStamped?: boolean
    /** When waiting requests are expected to leave. */
    readonly dispatches?: ReadonlyMap<string, Instant>
  },
): EnvelopeBody {
  const { envelope } = aggregate
  const proven = aggregate.signings.filter((signing) => signing.state === 'signed').length

  return {
    id: envelope.id,
    title: envelope.title,
    state: envelope.state,
    version: envelope.version,
    createdAt: envelope.createdAt,
    sentAt: envelope.sentAt,
    deadline: envelope.deadline,
    endedAt: envelope.endedAt,
    reason: envelope.reason,
    sandbox: known.organisation.sandbox,
    documents: aggregate.documents.map((document) => ({
      id: document.id,
      sha256: document.sha256,
      size: document.size,
      mediaType: document.mediaType,
      fileName: document.fileName,
      title: document.title,
      meta: [...document.meta],
      signatures: countSignatures(aggregate, document.id),
    })),
    signings: aggregate.signings.flatMap((signing) => {
      const recipient = aggregate.recipients.find((candidate) => candidate.id === signing.recipient)

      return recipient === undefined
        ? []
        : [
            {
              id: signing.id,
              state: signing.state,
              since: signing.since,
              orderGroup: recipient.orderGroup,
              round: signing.round,
              reason: signing.reason,
              recipient: {
                id: recipient.id,
                name: recipient.name,
                locale: recipient.locale,
                identifiersMasked: maskRecipient(recipient),
              },
              methods: recipient.methods.map(({ provider, method }) => ({ provider, method })),
              requests: aggregate.requests
                .filter((request) => request.signing === signing.id)
                .map((request) => ({
                  ...presentRequest(
                    app,
                    aggregate,
                    request,
                    known.organisation.connections.find(({ id }) => id === request.connection),
                  ),
                  expectedDispatchAt: known.dispatches?.get(request.id),
                })),
              signerUrl: signerUrl(app, signing.id),
              artifacts: presentArtifacts(aggregate, signing),
              report: summaryOf(aggregate, signing, known.reports),
              acceptedBy: signing.acceptedBy,
            },
          ]
    }),
    evidence: {
      ready: aggregate.artifacts.some((artifact) => artifact.verdict !== undefined),
      proven,
      of: aggregate.signings.length,
      timestamped: known.isStamped ?? false,
    },
    display: displayState(aggregate),
  }
}

/** What a recipient is known by, all but the last digits hidden; full numbers are shown in the report. */
export function maskRecipient({ identifiers, contact }: Recipient): Record<string, string> {
  const { phone, email } = contact ?? {}

  return {
    ...maskAll(identifiers),
    ...(phone === undefined ? {} : { phone: maskPhone(phone as Phone) }),
    ...(email === undefined ? {} : { email: maskEmail(email as Email) }),
  }
}

function maskAll(identifiers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(identifiers).flatMap(([kind, value]) =>
      typeof value === 'string'
        ? [[kind, maskIdentifierField(kind as IdentifierField, value)]]
        : [],
    ),
  )
}

/** Signings that stand behind a document: by an accepted signature, or a held one that a person accepted. */
function countSignatures(aggregate: EnvelopeAggregate, documentId: string): number {
  const contents = new Set(
    aggregate.contents
      .filter((content) => content.document === documentId)
      .map((content) => content.id),
  )

  return aggregate.signings.filter((signing) =>
    aggregate.artifacts.some(
      (artifact) =>
        artifact.signing === signing.id &&
        contents.has(artifact.content) &&
        counts(artifact, signing),
    ),
  ).length
}

/** Whether an artifact proves something in its signing. */
export function counts(artifact: Artifact, signing: Signing): boolean {
  return (
    artifact.standing === 'accepted' ||
    (artifact.standing === 'held' && signing.acceptedBy !== undefined)
  )
}

/** A request for people to see; its presentation only while it is open and its window lasts. */
export function presentRequest(
  app: Pick<AppContext, 'config' | 'tokens' | 'now'>,
  aggregate: EnvelopeAggregate,
  request: SigningRequest,
  connection: LoadedConnection | undefined,
): EnvelopeBody['signings'][number]['requests'][number] {
  const lasts = request.window === undefined || request.window.expiresAt > app.now().toISOString()
  const view = requestView(aggregate, request.id)
  const presentation =
    request.state === 'open' && lasts && connection !== undefined && view !== undefined
      ? connection.provider.present({
          connection: connection.settings,
          request: view,
          addresses: requestAddresses(app, request),
        })
      : undefined

  return {
    id: request.id,
    provider: request.provider,
    method: request.method,
    state: request.state,
    outcome: request.outcome,
    round: request.round,
    window: request.window,
    clerkSeal: clerkSealOf(aggregate, request),
    attention:
      request.attention === undefined
        ? undefined
        : {
            kind: request.attention.kind,
            code: request.attention.code,
            since: request.attention.since,
          },
    presentation:
      presentation === undefined ? undefined : { ...presentation, links: [...presentation.links] },
  }
}

/** The seal of a request that waits for a clerk. */
function clerkSealOf(
  { seals }: EnvelopeAggregate,
  request: SigningRequest,
): { readonly due?: string } | undefined {
  const seal = seals.find(
    (each) => each.request === request.id && each.state === 'wanted' && each.key === 'attended',
  )

  return seal === undefined ? undefined : seal.due === undefined ? {} : { due: seal.due }
}

function presentArtifacts(
  aggregate: EnvelopeAggregate,
  signing: Signing,
): EnvelopeBody['signings'][number]['artifacts'] {
  return aggregate.artifacts
    .filter((artifact) => artifact.signing === signing.id)
    .map((artifact) => ({
      id: artifact.id,
      sha256: artifact.sha256,
      document:
        aggregate.contents.find((content) => content.id === artifact.content)?.document ?? '',
      standing: artifact.standing,
      receivedAt: artifact.receivedAt,
      indication: artifact.verdict?.indication,
      subIndication: artifact.verdict?.subIndication,
      format: artifact.format,
      detached: artifact.detached,
      vouched: artifact.verdict?.vouched,
    }))
}

/** The report that stands for a signing: that of its accepted, else held, else last artifact. */
function summaryOf(
  aggregate: EnvelopeAggregate,
  signing: Signing,
  reports: ReadonlyMap<string, ReportSummary>,
): ReportSummary | undefined {
  const mine = aggregate.artifacts.filter((artifact) => artifact.signing === signing.id)
  const chosen =
    mine.find((artifact) => artifact.standing === 'accepted') ??
    mine.find((artifact) => artifact.standing === 'held') ??
    mine.at(-1)

  return chosen === undefined ? undefined : reports.get(chosen.id)
}
