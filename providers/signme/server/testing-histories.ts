import { createHash } from 'node:crypto'
import type {
  ConnectionId,
  EnvelopeAggregate,
  EnvelopeState,
  OrganisationId,
  Provider,
  SigningRequest,
} from '@muhr/envelope'
import {
  clerk,
  countingIds,
  createMemoryCore,
  createRandom,
  createScheduler,
  createTestClock,
  type Guard,
  type MemoryCore,
  type Random,
} from '@muhr/envelope/testing'
import { nationalIdentity, splitSignedData } from '@muhr/pki'
import type { Fetch } from '@muhr/signme'
import { createTypedProvider } from './provider.ts'
import {
  type AnswerFault,
  snilsOf,
  type ToyRequest,
  ToySignme,
  toyVerifier,
} from './testing-service.ts'

export type History = { readonly problems: readonly string[]; readonly end: EnvelopeState }

type World = {
  readonly core: MemoryCore
  readonly service: ToySignme
  readonly random: Random
  readonly clock: ReturnType<typeof createTestClock>
  readonly envelope: ReturnType<MemoryCore['createEnvelope']>
  readonly documents: readonly Uint8Array[]
  readonly aggregate: () => EnvelopeAggregate
}

const connection = 'con_signme' as ConnectionId
const mostStanding = 3
const answers = [
  'none',
  'none',
  'none',
  'lost',
  'html',
  'unreachable',
] as const satisfies readonly AnswerFault[]

/**
 * One history of one envelope at Sign.Me: answers, pushes, polls, people and falls in a random order, then calm.
 * The same seed plays the same history.
 */
export async function runSignmeHistory(
  seed: number,
  without: ReadonlySet<Guard> = new Set(),
): Promise<History> {
  const random = createRandom(seed)
  const scheduler = createScheduler({
    random,
    pauseChance: random.pick([0, 0.1, 0.3]) ?? 0,
    crashChance: random.pick([0, 0.02, 0.06]) ?? 0,
    log: () => undefined,
  })
  const world = createWorld({ random, onStep: scheduler.onStep, without })
  await scheduler.start('send', () =>
    world.core.command(world.envelope, { kind: 'send', actor: clerk }),
  )
  const moves = 15 + random.int(30)
  for (let move = 0; move < moves; move += 1) {
    const isFull = scheduler.standing() >= mostStanding
    if (isFull || (scheduler.standing() > 0 && random.chance(0.4))) await scheduler.resumeOne()
    else await scheduler.start('move', () => moveOnce(world))
  }
  await scheduler.calm()
  world.service.faults = []
  world.service.isHiding = false
  await scheduler.start('the end', () => endAll(world))
  const failures = scheduler.failures().map((error) => `a process failed: ${String(error)}`)

  return {
    problems: [...failures, ...world.core.violations(), ...judge(world)],
    end: world.aggregate().envelope.state,
  }
}

function createWorld({
  random,
  onStep,
  without,
}: {
  readonly random: Random
  readonly onStep: ReturnType<typeof createScheduler>['onStep']
  readonly without: ReadonlySet<Guard>
}): World {
  const clock = createTestClock()
  const service = new ToySignme(() => Date.parse(clock.now()))
  service.faults = Array.from({ length: 6 }, () => random.pick(answers) ?? 'none')
  const documents = Array.from({ length: 1 + random.int(2) }, (_, index) =>
    Buffer.from(`%PDF-1.7 document ${index}`),
  )
  const core = createMemoryCore({
    providers: [createTypedProvider(() => (io) => io.fetch as Fetch) as unknown as Provider],
    connections: [
      {
        id: connection,
        provider: 'signme',
        settings: { baseUrl: 'https://signme.test', key: 'TESTKEY' },
      },
    ],
    verifier: toyVerifier().verifier,
    clock,
    ids: countingIds(),
    network: service.fetch,
    onStep,
    without,
  })
  const envelope = core.createEnvelope({
    organisation: 'org_history' as OrganisationId,
    actor: clerk,
    title: 'Договор',
    files: documents.map((bytes, index) => ({
      bytes,
      document: {
        mediaType: 'application/pdf',
        fileName: `document-${index}.pdf`,
        title: { ru: `Документ ${index}` },
        meta: [],
      },
    })),
    recipients: Array.from({ length: 1 + random.int(2) }, (_, index) => ({
      name: `ТЕСТОВ ТЕСТ ${index}`,
      locale: 'ru' as const,
      identifiers: { snils: snilsOf(index) },
      orderGroup: 1 + random.int(2),
      methods: [{ provider: 'signme', method: 'PERSON', connection }],
    })),
  })

  return {
    core,
    service,
    random,
    clock,
    envelope,
    documents,
    aggregate: () => core.aggregate(envelope),
  }
}

async function moveOnce(world: World): Promise<void> {
  const { core, service, random, clock, envelope } = world
  const request = random.pick(service.requests)
  const push = (url: string) => core.fetch(url)
  switch (
    random.weighted({
      job: 8,
      watch: 3,
      sign: 3,
      other: 0.4,
      bytes: 0.3,
      decline: 0.2,
      lie: 1,
      silent: 1,
      time: 3,
      redeliver: 2,
      hide: 0.5,
      resolve: 1,
      stop: 0.1,
    })
  ) {
    case 'job':
      await core.runJob()
      break
    case 'watch':
      await core.watch(connection)
      break
    case 'sign':
      await service.act(request, { kind: 'sign', person: personOf(request) }, push)
      break
    case 'other':
      await service.act(request, { kind: 'sign', person: 1 - personOf(request) }, push)
      break
    case 'bytes':
      await service.act(request, { kind: 'sign', person: personOf(request), over: 'other' }, push)
      break
    case 'decline':
      await service.act(request, { kind: 'decline' }, push)
      break
    case 'lie':
      if (request !== undefined) await push(`${request.url}?signed=true`).catch(() => undefined)
      break
    case 'silent':
      await service.act(request, { kind: 'sign', person: personOf(request) })
      break
    case 'time':
      clock.pass(random.pick([1_000, 6_000, 61_000, 600_000]) ?? 0)
      break
    case 'redeliver':
      core.redeliver()
      break
    case 'hide':
      service.isHiding = !service.isHiding
      break
    case 'resolve':
      await resolveOne(world)
      break
    case 'stop':
      await core.command(envelope, { kind: 'void', actor: clerk, reason: 'wrong price' })
  }
}

function personOf(request: ToyRequest | undefined): number {
  return request?.snils === snilsOf(1).replaceAll(/\D/g, '') ? 1 : 0
}

/** The request of ours that told the service of an address. */
function toyOf({ core, service, envelope }: World, { id }: SigningRequest): readonly ToyRequest[] {
  const { handle } = core.aggregate(envelope).requests.find((each) => each.id === id) ?? {}
  const reference = (handle as { readonly reference?: string } | undefined)?.reference

  return service.requests.filter((each) => each.handle === reference)
}

/** A person who looks into the cabinet says what is not there; what is there they leave to be found. */
async function resolveOne(world: World): Promise<void> {
  const { core, service, envelope, aggregate } = world
  const unknown = aggregate().requests.filter(({ state }) => state === 'unknown')
  for (const request of unknown) {
    const recipient = recipientOf(aggregate(), request)
    const known = new Set(
      aggregate().requests.flatMap((each) => toyOf(world, each).map(({ handle }) => handle)),
    )
    const strange = service
      .askedOf({ recipient } as never)
      .filter(({ handle }) => !known.has(handle))
    if (strange.length === 0) {
      await core.command(envelope, {
        kind: 'resolve-unknown',
        request: request.id,
        actor: clerk,
        to: 'absent',
      })
    }
  }
}

function recipientOf({ signings, recipients }: EnvelopeAggregate, request: SigningRequest) {
  const signing = signings.find(({ id }) => id === request.signing)

  return recipients.find(({ id }) => id === signing?.recipient)
}

/** Everybody does what they should, until nothing changes any more. */
async function endAll(world: World): Promise<void> {
  const { core, service, clock, aggregate } = world
  for (let round = 0; round < 12 && aggregate().envelope.state === 'sent'; round += 1) {
    core.redeliver()
    await core.settle()
    await core.watch(connection)
    await core.settle()
    await resolveOne(world)
    await core.settle()
    for (const request of service.requests) {
      await service.act(request, { kind: 'sign', person: personOf(request) }, (url) =>
        core.fetch(url),
      )
    }
    clock.pass(61_000 * 2 ** Math.min(round, 6))
  }
}

/** What must be true, found from what left, what arrived and the bytes alone. */
function judge(world: World): string[] {
  const { service, aggregate } = world
  // Each of our requests has an address of its own.
  const urls = service.requests.map(({ url }) => url)
  const doubled = urls.filter((url, index) => urls.indexOf(url) !== index)

  return [
    ...doubled.map(() => 'a request was made twice at the service'),
    ...aggregate()
      .signings.filter(({ state }) => state === 'signed')
      .flatMap((signing) => proveSigned(world, signing.id)),
    ...(aggregate().envelope.state === 'completed' &&
    aggregate().signings.some(({ state }) => state !== 'signed')
      ? ['completed without every signature']
      : []),
  ]
}

function proveSigned({ core, aggregate, documents }: World, id: string): string[] {
  const { signings, recipients, artifacts } = aggregate()
  const signing = signings.find((each) => each.id === id)
  const snils = recipients.find((each) => each.id === signing?.recipient)?.identifiers.snils

  return documents.flatMap((bytes, index) => {
    const digest = createHash('sha256').update(bytes).digest()
    const isProven = artifacts
      .filter(({ signing: of, standing }) => of === id && standing === 'accepted')
      .some(({ sha256 }) => {
        const container = core.bytes(sha256) ?? new Uint8Array()
        const [signer] = splitSignedData(container)

        return (
          Buffer.from(container).includes(digest) &&
          signer?.certificate !== undefined &&
          nationalIdentity(signer.certificate).snils === snils?.replaceAll(/\D/g, '')
        )
      })

    return isProven ? [] : [`${id} is signed without a signature over document ${index}`]
  })
}

/** Plays histories of consecutive seeds; how often each end was reached, and what was wrong in the first bad one. */
export async function playSignmeHistories(
  first: number,
  count: number,
): Promise<{ readonly ends: ReadonlyMap<string, number>; readonly problems: readonly string[] }> {
  const ends = new Map<string, number>()
  for (let seed = first; seed < first + count; seed += 1) {
    const { problems, end } = await runSignmeHistory(seed)
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (problems.length > 0) {
      return { ends, problems: problems.map((each) => `history ${seed}: ${each}`) }
    }
  }

  return { ends, problems: [] }
}
