import { type Artifact, type Instant, isFinal, nextRecheck, type Verdict } from '@muhr/envelope'
import { policyByName, type VerificationReport } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { compareIdentity } from './compare-identity.ts'
import { readCertificates, storeMaterial } from './material-store.ts'
import { readReports, storeReport } from './report-store.ts'
import { verifyStored } from './verify-stored.ts'

/**
 * Judges one artifact against our own stored bytes: the container as received, the content as stored,
 * anchors and hosts as configured, the policy of the connection it came by. Stores the report with all that it rests on, then tells the domain. Run again (recheck, a crash, a race) it judges anew; a later
 * report stands beside the earlier one.
 */
export async function verifyArtifact(
  app: AppContext,
  envelopeId: string,
  artifactId: Artifact['id'],
): Promise<void> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const artifact = aggregate?.artifacts.find((candidate) => candidate.id === artifactId)
  if (aggregate === undefined || artifact === undefined || !awaitsJudgement(artifact)) {
    return
  }
  const content = aggregate.contents.find((candidate) => candidate.id === artifact.content)
  const signing = aggregate.signings.find((candidate) => candidate.id === artifact.signing)
  const recipient = aggregate.recipients.find((candidate) => candidate.id === signing?.recipient)
  const request = aggregate.requests.find((candidate) => candidate.id === artifact.request)
  if (content === undefined || recipient === undefined || request === undefined) {
    throw new Error('an artifact without content, recipient or request')
  }
  const connection = await loadConnection(app, request.connection)
  if (connection === undefined) {
    throw new Error('the connection that names the policy is unusable')
  }

  const previous = (await readReports(app.db, [artifact.id])).at(-1)
  if (artifact.standing === 'held') {
    const dueAt =
      previous === undefined ? '' : nextRecheck(artifact.receivedAt, previous.at as Instant)
    // Several couriers may bring the same recheck; what is not due yet, or over, says nothing new.
    if (signing === undefined || isFinal(signing.state) || dueAt > soon(app.now())) {
      return
    }
  }
  const stored = previous === undefined ? undefined : await readCertificates(app, previous.material)
  const hosts = app.trust.hostsFor(connection.policy)
  const verification = await verifyStored(app.store, {
    container: artifact,
    content,
    trust: await app.trust.anchors(connection.policy),
    policy: policyByName(connection.policy),
    now: app.now(),
    ...(stored === undefined ? {} : { stored }),
    sources: { ocsp: (query) => app.trust.ocsp(hosts, query) },
  })
  const report = await storeReport(app.db, {
    organisationId: aggregate.envelope.organisation,
    envelopeId,
    artifactId: artifact.id,
    at: app.now(),
    report: verification.report,
    material: await storeMaterial(app, verification.material),
  })
  const verdict: Verdict = {
    indication: verification.report.indication,
    subIndication: verification.report.subIndication,
    content: isOverContent(verification.report) ? 'match' : 'mismatch',
    ...compareIdentity(recipient, verification.report, artifact.vouched),
    ...(isViolated(verification.report) ? { violated: true } : {}),
    report,
  }
  await changeEnvelope(app, envelopeId, { kind: 'verified', artifact: artifact.id, verdict })
}

/** Clocks of queue and server differ a little; a recheck that comes this much early is on time. */
const earlyMs = 2_000

function soon(now: Date): string {
  return new Date(now.getTime() + earlyMs).toISOString()
}

/** Accepted and refused artifacts are settled; the others may still learn something. */
function awaitsJudgement(artifact: Artifact): boolean {
  return (
    artifact.standing === 'pending' ||
    artifact.standing === 'held' ||
    (artifact.standing === 'late' && artifact.verdict === undefined)
  )
}

/**
 * Is something wrong, rather than missing? A time-stamp that is not there counts as missing (design §3
 * rule 5): the signature is kept, and a person may still accept it by name.
 */
function isViolated(report: VerificationReport): boolean {
  return report.signatures.some((signature) =>
    signature.checks.some(
      (check) => check.result === 'failed' && check.detail !== 'time-stamp-missing',
    ),
  )
}

function isOverContent(report: VerificationReport): boolean {
  return (
    report.subIndication !== 'HASH_FAILURE' &&
    report.signatures.every((signature) =>
      signature.checks.every(
        (check) => check.name !== 'content-digest' || check.result !== 'failed',
      ),
    )
  )
}
