import type { Artifact, EnvelopeAggregate, Recipient, Sha256Hex, Verdict } from '@muhr/envelope'
import { PkiError, type VerificationReport, verifySignature } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { compareIdentity } from './compare-identity.ts'
import { readReport, storeReport } from './report-store.ts'

/**
 * Judges one artifact against our own stored bytes: the container as received, the content as stored,
 * anchors and hosts as configured, the policy of the connection it came by. Stores the report with all
 * that it rests on, then tells the domain. Run again (recheck, a crash, a race) it judges anew; a later
 * report stands beside the earlier one.
 */
export async function verifyArtifact(
  app: AppContext,
  envelopeId: string,
  artifactId: Artifact['id'],
): Promise<void> {
  const aggregate = await loadAggregate(app.db, envelopeId)
  const artifact = aggregate?.artifacts.find((candidate) => candidate.id === artifactId)
  if (aggregate === undefined || artifact === undefined || isSettled(artifact)) {
    return
  }
  const parts = partsOf(aggregate, artifact)
  const connection = await loadConnection(app, parts.connection)
  const policy = connection?.policy ?? 'kz-1187'
  const content = await app.store.read(parts.content.sha256)
  const hosts = await app.trust.hostsFor(aggregate.envelope.organisation, policy)
  const previous = await readReport(app.db, artifact.id)
  const result = await verifySignature({
    container: await app.store.read(artifact.sha256),
    content,
    trust: await app.trust.anchors(policy),
    policy,
    now: app.now(),
    stored: previous === undefined ? undefined : await readMaterial(app, previous.material),
    sources: {
      ocsp: (request) => app.trust.ocsp(hosts, request),
    },
  }).catch((error: unknown) => {
    if (error instanceof PkiError) {
      return { report: undefined, code: error.code }
    }
    throw error
  })

  const verdict =
    result.report === undefined
      ? await refuseUnreadable(app, aggregate, artifact, { policy, code: result.code })
      : await keep(app, aggregate, artifact, {
          report: result.report,
          material: result.material,
          recipient: parts.recipient,
        })
  await changeEnvelope(app, envelopeId, { kind: 'verified', artifact: artifact.id, verdict })
}
