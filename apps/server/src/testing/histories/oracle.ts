import { checkInvariants, type EnvelopeAggregate, isEnvelopeFinal, isFinal } from '@muhr/envelope'
import { checkEventChain } from '@muhr/evidence'
import { readEvents } from '../../events/read-events.ts'
import { type HistoryWorld, look, type Tracked } from './world.ts'

/**
 * What must be true at any moment, found without asking the verifier that is tested: from the bytes that
 * were uploaded, what the phone knows of its own signatures, and what it was answered.
 */
export async function judge(world: HistoryWorld): Promise<void> {
  for (const envelope of world.envelopes) {
    const now = await look(world, envelope.id)
    const found = [
      ...checkInvariants(now),
      ...(envelope.last === undefined ? [] : forward(envelope.last, now)),
      ...proofs(world, envelope, now),
      ...kept(world, envelope, now),
    ]
    world.problems.push(...found.map((problem) => `${envelope.id}: ${problem}`))
    envelope.last = now
  }
}

/** Nothing goes back, and nothing that came disappears. */
function forward(before: EnvelopeAggregate, now: EnvelopeAggregate): readonly string[] {
  const problems: string[] = []
  if (now.envelope.version < before.envelope.version) {
    problems.push('its version went back')
  }
  if (isEnvelopeFinal(before.envelope.state) && now.envelope.state !== before.envelope.state) {
    problems.push(`it went from ${before.envelope.state} to ${now.envelope.state}`)
  }
  for (const signing of before.signings) {
    const after = now.signings.find(({ id }) => id === signing.id)
    if (after === undefined || (isFinal(signing.state) && after.state !== signing.state)) {
      problems.push(`${signing.id} went from ${signing.state} to ${after?.state}`)
    }
  }
  for (const artifact of before.artifacts) {
    const after = now.artifacts.find(({ id }) => id === artifact.id)
    if (after?.sha256 !== artifact.sha256) {
      problems.push(`${artifact.id} is gone or another`)
    }
  }

  return problems
}

/** Signed means: for each document a signature that the expected person's phone made over its bytes. */
function proofs(world: HistoryWorld, envelope: Tracked, now: EnvelopeAggregate): readonly string[] {
  return now.signings.flatMap((signing, index) => {
    if (signing.state !== 'signed') {
      return []
    }
    const standings = signing.acceptedBy === undefined ? ['accepted'] : ['accepted', 'held']
    const made = now.artifacts
      .filter((each) => each.signing === signing.id && standings.includes(each.standing))
      .map(({ sha256 }) => world.made.get(sha256))

    return envelope.documents
      .filter(
        (document) =>
          !made.some(
            (each) =>
              each?.envelope === envelope.id &&
              each.account === envelope.persons[index] &&
              each.over === 'shown' &&
              each.document === document,
          ),
      )
      .map((document) => `${signing.id} is signed without a signature over ${document.slice(0, 8)}`)
  })
}

/** Who was told that all is well finds the signature in the rows. */
function kept(world: HistoryWorld, envelope: Tracked, now: EnvelopeAggregate): readonly string[] {
  return [...world.thanked]
    .filter((container) => world.made.get(container)?.envelope === envelope.id)
    .filter((container) => !now.artifacts.some(({ sha256 }) => sha256 === container))
    .map((container) => `a phone was thanked for ${container.slice(0, 8)}, which is not there`)
}

/** After everything had its time: no work is left, every chain is whole, every proof is stamped. */
export async function judgeRest(world: HistoryWorld): Promise<void> {
  const { app } = world.muhr.server
  for (const envelope of world.envelopes) {
    const now = await look(world, envelope.id)
    const events = await readEvents(app.db, { envelope: envelope.id })
    const count = (type: string) => events.filter((event) => event.type === type).length
    const problems = [
      ...(checkEventChain(events).intact ? [] : ['its chain is broken']),
      ...(count('envelope.completed') > 1 ? ['it was completed twice'] : []),
      ...(count('signing.signed') > now.signings.length ? ['it was signed too often'] : []),
      ...(isEnvelopeFinal(now.envelope.state) ? [] : [`it is ${now.envelope.state} to the end`]),
      ...now.artifacts
        .filter(({ verdict }) => verdict === undefined)
        .map(({ id }) => `${id} was never judged`),
    ]
    world.problems.push(...problems.map((problem) => `${envelope.id}: ${problem}`))
    const isStamped = await app.db
      .selectFrom('evidence')
      .select('timestamp_sha256')
      .where('envelope_id', '=', envelope.id)
      .executeTakeFirst()
    if (now.artifacts.length > 0 && (isStamped?.timestamp_sha256 ?? null) === null) {
      world.problems.push(`${envelope.id}: it has no stamped evidence`)
    }
  }
}
