import { type EnvelopeAggregate, isEnvelopeFinal, type Job } from '@muhr/envelope'
import { handleJob } from '../../jobs/handle-job.ts'
import { sweepOwed } from '../../jobs/sweep-owed.ts'
import { sendPut } from '../own-phone.ts'
import { api1Of, codeOf } from '../sim-phone.ts'
import {
  createEnvelope,
  type HistoryWorld,
  look,
  type SentPut,
  signCode,
  type Tracked,
} from './world.ts'

/** How often each kind of thing happens. */
const weights = {
  create: 8,
  sign: 26,
  otherPerson: 6,
  otherBytes: 5,
  repeat: 14,
  twice: 8,
  wrongToken: 3,
  look: 4,
  decline: 1.5,
  renew: 6,
  void: 1.5,
  accept: 4,
  trust: 6,
  redeliver: 8,
} as const

type Move = keyof typeof weights

/** One to three things happen at the same moment; then, sometimes, time passes. */
export async function step(world: HistoryWorld): Promise<void> {
  const { random, muhr } = world
  const moves = Array.from({ length: 1 + random.int(3) }, () => random.weighted(weights) ?? 'sign')
  world.log(moves.join(' + '))
  await Promise.all(moves.map((move) => make(world, move)))
  if (random.chance(0.12)) {
    const ms = random.pick([1_000, 70_000, 310_000, 3_700_000]) ?? 0
    world.log(`${ms} ms pass`)
    await muhr.passTime(ms)
  }
  if (random.chance(0.3)) {
    await sweepOwed(muhr.server.app, random.chance(0.5) ? { patienceMs: 0 } : {})
  }
}

async function make(world: HistoryWorld, move: Move): Promise<void> {
  const open = world.envelopes.filter(
    ({ last }) => last === undefined || !isEnvelopeFinal(last.envelope.state),
  )
  const envelope = world.random.pick(
    world.random.chance(0.85) && open.length > 0 ? open : world.envelopes,
  )
  if (move === 'create' || envelope === undefined) {
    await (open.length < 6 ? createEnvelope(world) : undefined)

    return
  }
  const signing = world.random.int(envelope.persons.length)
  switch (move) {
    case 'sign':
      return send(world, await signCode(world, envelope, { signing }))
    case 'otherPerson':
      return send(world, await signCode(world, envelope, { signing, fault: 'other-person' }))
    case 'otherBytes':
      return send(world, await signCode(world, envelope, { signing, fault: 'other-bytes' }))
    case 'repeat':
      return send(world, world.random.pick(world.puts))
    case 'twice':
      return sendTwice(world, envelope, signing)
    case 'wrongToken':
      return send(world, await signCode(world, envelope, { signing }), {
        authorization: 'Bearer wrong',
      })
    case 'trust':
      return world.muhr.phone.faults({ ocsp: world.random.chance(0.5) ? 'try-later' : 'none' })
    case 'redeliver':
      return redeliver(world, envelope)
    default:
      return command(world, envelope, { move, signing })
  }
}

/** To any of the servers: a code names only the public address. */
async function send(
  world: HistoryWorld,
  sent: SentPut | undefined,
  headers: Record<string, string> = {},
): Promise<void> {
  if (sent === undefined) {
    return
  }
  const [first = '', ...others] = world.servers
  const server = world.random.pick([first, ...others]) ?? first
  world.puts.push(sent)
  const { status } = await sendPut(
    { ...sent.put, url: sent.put.url.replace(first, server) },
    { headers },
  )
  world.log(`  a PUT of ${sent.envelope} is answered ${status}`)
  if (status === 200) {
    for (const container of sent.containers) {
      world.thanked.add(container)
    }
    if (!sent.isGood) {
      world.problems.push(`a phone was thanked for a wrong signature on ${sent.envelope}`)
    }
  }
  if (status >= 500) {
    world.problems.push(`a PUT of ${sent.envelope} was answered ${status}`)
  }
}

/** The same PUT at the same moment, or two different ones of the same person. */
async function sendTwice(world: HistoryWorld, envelope: Tracked, signing: number): Promise<void> {
  const first = await signCode(world, envelope, { signing })
  const second = world.random.chance(0.5) ? first : await signCode(world, envelope, { signing })
  await Promise.all([send(world, first), send(world, second)])
}

async function command(
  world: HistoryWorld,
  envelope: Tracked,
  about: { readonly move: Move; readonly signing: number },
): Promise<void> {
  const { muhr, owner } = world
  const shown = await muhr.api.read(envelope.id)
  const signing = shown.signings[about.signing]
  const signerPath = (signing?.signerUrl ?? '').replace(muhr.server.url, '')
  const calls: Partial<Record<Move, () => Promise<{ readonly status: number }>>> = {
    look: () => fetch(api1Of(codeOf(shown, about.signing))),
    decline: () => muhr.api.call(`${signerPath}/api/decline`, { method: 'POST', json: {} }),
    renew: () =>
      world.random.chance(0.5)
        ? muhr.api.call(`${signerPath}/api/renew`, { method: 'POST' })
        : muhr.api.call(`/v1/signings/${signing?.id}/renew`, { method: 'POST' }),
    void: () =>
      muhr.api.call(`/v1/envelopes/${envelope.id}/void`, { method: 'POST', json: { reason: 'x' } }),
    accept: () =>
      owner.call(`/v1/signings/${signing?.id}/accept`, { method: 'POST', json: { reason: 'x' } }),
  }
  if (about.move === 'look' && !signing?.requests.some(({ presentation }) => presentation)) {
    return
  }
  const answer = await calls[about.move]?.()
  world.log(`  ${about.move} of ${envelope.id} is answered ${answer?.status}`)
  if ((answer?.status ?? 0) >= 500) {
    world.problems.push(`${about.move} of ${envelope.id} was answered ${answer?.status}`)
  }
}

/** Jobs that ran already, or run just now elsewhere, come again; some of them twice at once. */
async function redeliver(world: HistoryWorld, envelope: Tracked): Promise<void> {
  const { app } = world.muhr.server
  const jobs = jobsOf(await look(world, envelope.id))
  const picked = [world.random.pick(jobs), world.random.pick(jobs)].flatMap((job) =>
    job === undefined ? [] : [job, job],
  )
  await Promise.all(
    picked.map(async (job) => {
      try {
        await handleJob(app, { envelope: envelope.id, job })
      } catch (error) {
        // A time-stamp service that is away is the one thing that may fail a job here.
        if (!/time-stamp/.test((error as Error).message)) {
          world.problems.push(`job ${job.kind} of ${envelope.id} failed: ${String(error)}`)
        }
      }
    }),
  )
}

function jobsOf(aggregate: EnvelopeAggregate): readonly Job[] {
  return [
    { kind: 'tick', at: aggregate.envelope.createdAt },
    { kind: 'conclude' },
    ...aggregate.signings.flatMap(({ id, round }): Job[] =>
      Array.from({ length: round }, (_, index) => ({
        kind: 'plan',
        signing: id,
        round: index + 1,
      })),
    ),
    ...aggregate.artifacts.map(({ id }): Job => ({ kind: 'verify', artifact: id })),
    ...aggregate.attempts.map(({ id, action }): Job => ({ kind: 'attempt', attempt: id, action })),
  ]
}
