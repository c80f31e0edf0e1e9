import type { Input } from '../../inputs.ts'
import type { SigningRequest } from '../../model.ts'
import type { SignerAct } from '../contract/subject.ts'
import { viewOf } from '../core/core-io.ts'
import { clerk } from '../samples.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { World } from './world.ts'

export type Play = {
  readonly world: World
  readonly random: Random
  readonly scheduler: Scheduler
  readonly log: (line: string) => void
}

/** How often each kind of thing happens. */
const weights = {
  job: 38,
  watch: 8,
  signer: 22,
  seal: 6,
  command: 7,
  redeliver: 5,
  time: 6,
  trust: 2,
  loss: 2,
}

/** One thing happens in the world. */
export async function moveOnce(play: Play): Promise<void> {
  const { world, random, scheduler, log } = play
  switch (random.weighted(weights)) {
    case 'job':
      await scheduler.start('job', () => world.core.runJob())
      break
    case 'watch': {
      const connection = random.pick(world.connections)
      if (connection !== undefined) {
        await scheduler.start(`watch ${connection}`, () => world.core.watch(connection))
      }
      break
    }
    case 'signer':
      await letSignerAct(play)
      break
    case 'seal':
      await letClerkSeal(play)
      break
    case 'command':
      await giveCommand(play)
      break
    case 'redeliver': {
      const job = random.pick(world.core.jobs().filter((each) => each.state === 'taken'))
      if (job !== undefined) {
        log(`job ${job.id} (${job.job.kind}) is delivered again`)
        world.core.redeliver(job.id)
      }
      break
    }
    case 'time': {
      const ms = random.pick([1_000, 6_000, 31_000, 70_000, 310_000, 3_700_000, 50_000_000]) ?? 0
      log(`${ms} ms pass`)
      world.clock.pass(ms)
      break
    }
    case 'trust':
      world.withholdTrust(random.chance(0.5))
      break
    case 'loss': {
      const provider = random.pick(world.aggregate().requests)?.provider
      if (provider !== undefined) {
        log(`${provider} loses an answer`)
        world.subjectOf(provider).counterpart.loseReplies?.(1)
      }
      break
    }
  }
}

function personOf(world: World, request: SigningRequest): number {
  const { signings, recipients } = world.aggregate()
  const signing = signings.find((each) => each.id === request.signing)

  return recipients.findIndex((recipient) => recipient.id === signing?.recipient)
}

async function letSignerAct(play: Play): Promise<void> {
  const { world, random } = play
  const asked = world.aggregate().requests.filter((request) => request.state !== 'planned')
  const open = asked.filter((request) => request.state === 'open')
  const request = random.pick(random.chance(0.85) && open.length > 0 ? open : asked)
  if (request === undefined) {
    return
  }
  const own = personOf(world, request)
  const person = random.chance(0.85) ? own : (own + 1) % 3
  const acts: { readonly [kind: string]: SignerAct } = {
    sign: { kind: 'sign', person },
    other: { kind: 'sign', person, over: 'other' },
    look: { kind: 'look' },
    repeat: { kind: 'repeat' },
    decline: { kind: 'decline' },
    forge: { kind: 'forge', person },
  }
  const kind = random.weighted({ sign: 60, other: 6, look: 15, repeat: 14, decline: 2, forge: 3 })
  const act = acts[kind]
  if (act !== undefined) {
    await play.scheduler.start(`signer of ${request.id}`, () => actOn(play, request, act))
  }
}

/** The signer acts on a request; who is thanked for a signature is written down. */
export async function actOn(
  { world, log }: Pick<Play, 'world' | 'log'>,
  request: SigningRequest,
  act: SignerAct,
): Promise<void> {
  log(`signer: ${JSON.stringify(act)} on ${request.id}`)
  const answer = await world.subjectOf(request.provider).counterpart.act(
    {
      request: viewOf(world.aggregate(), request.id),
      presentation: world.core.presentation(world.envelope, request.id),
      fetch: world.core.fetch,
    },
    act,
  )
  log(`  signer of ${request.id} is told: ${answer}`)
  if (answer === 'accepted' && act.kind === 'sign') {
    world.thanked.push({ request: request.id, person: act.person })
  }
}

async function letClerkSeal({ world, random, scheduler, log }: Play): Promise<void> {
  if (random.chance(0.3)) {
    log('clerk signs what is kept for connections')
    await scheduler.start('clerk', () => world.core.makeKeptSeals())
    return
  }
  const seal = random.pick(world.aggregate().seals)
  if (seal !== undefined) {
    log(`clerk seals ${seal.id}`)
    await scheduler.start('clerk', () => world.core.makeSeal(world.envelope, seal.id))
  }
}

async function giveCommand({ world, random, scheduler, log }: Play): Promise<void> {
  const { signings, requests } = world.aggregate()
  const signing = random.pick(signings)
  const unknown = random.pick(requests.filter((request) => request.state === 'unknown'))
  const kind = random.weighted({
    send: 4,
    renew: 6,
    accept: 3,
    resolve: 6,
    void: 0.6,
    decline: 0.6,
  })
  const about = signing && { signing: signing.id, actor: clerk }
  const inputs: { readonly [kind: string]: Input | undefined } = {
    send: { kind: 'send', actor: clerk },
    void: { kind: 'void', actor: clerk, reason: 'wrong price' },
    renew: about && { kind: 'renew', ...about },
    decline: about && { kind: 'decline', ...about },
    accept: about && { kind: 'accept-held', ...about, reason: 'checked by telephone' },
    resolve: unknown && resolutionOf(world, unknown),
  }
  const input = inputs[kind]
  if (input !== undefined) {
    log(`command: ${JSON.stringify(input)}`)
    await scheduler.start(`command ${kind}`, () => world.core.command(world.envelope, input))
  }
}

/** A person looks into the service and says the truth of that moment. */
export function resolutionOf(world: World, request: SigningRequest): Input {
  const { counterpart } = world.subjectOf(request.provider)
  const handle = counterpart.lookUp?.(viewOf(world.aggregate(), request.id))

  return {
    kind: 'resolve-unknown',
    request: request.id,
    actor: clerk,
    ...(handle === undefined ? { to: 'absent' } : { to: 'exists', handle }),
  }
}
