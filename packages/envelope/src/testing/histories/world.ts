import type { ConnectionId, EnvelopeId, OrganisationId, RequestId } from '../../ids.ts'
import type { AllowedMethod, EnvelopeAggregate } from '../../model.ts'
import { instantAfter } from '../../time.ts'
import type { ProviderId } from '../../words.ts'
import { createTestClock } from '../contract/scene.ts'
import type { ContractSubject } from '../contract/subject.ts'
import type { CoreStep, Guard, MemoryCore, TestClock } from '../core/core-types.ts'
import { createMemoryCore } from '../core/create-memory-core.ts'
import { toRequest } from '../core/to-request.ts'
import { createBrowserAttended } from '../fakes/browser-attended.ts'
import { createCalledAndWatched } from '../fakes/called-and-watched.ts'
import { createCallingUs } from '../fakes/calling-us.ts'
import { fakeParts } from '../fakes/fake-subject.ts'
import { createSealedAndPaced } from '../fakes/sealed-and-paced.ts'
import { clerk, countingIds } from '../samples.ts'
import type { Random } from './random.ts'

/** One envelope among all kinds of providers. */
export type World = {
  readonly core: MemoryCore
  readonly clock: TestClock
  readonly envelope: EnvelopeId
  readonly connections: readonly ConnectionId[]
  readonly subjectOf: (provider: ProviderId) => ContractSubject
  readonly withholdTrust: (withheld: boolean) => void
  readonly aggregate: () => EnvelopeAggregate
  /** Who was told by whom that all is well: must be in the rows at the end. */
  readonly thanked: { readonly request: RequestId; readonly person: number }[]
  readonly documents: readonly Uint8Array[]
}

const mostPersons = 3
const hourMs = 3_600_000

export function createWorld(options: {
  readonly random: Random
  readonly onStep: (step: CoreStep) => Promise<void> | void
  readonly without: ReadonlySet<Guard>
}): World {
  const { random } = options
  const clock = createTestClock()
  const subjects = subjectsOf(clock)
  const { verifier, withholdTrust, person, document } = fakeParts()
  const ways = subjects.map(({ provider, method }): AllowedMethod => {
    const { id } = provider.describe()

    return { provider: id, method, connection: `con_${id}` as ConnectionId }
  })
  const subjectOf = (id: ProviderId) => {
    const found = subjects.find((subject) => subject.provider.describe().id === id)
    if (found === undefined) {
      throw new Error(`no provider ${id}`)
    }

    return found
  }
  const core = createMemoryCore({
    providers: subjects.map((subject) => subject.provider),
    connections: ways.map(({ connection, provider }) => ({
      id: connection,
      provider,
      settings: subjectOf(provider).settings,
    })),
    verifier,
    clock,
    ids: countingIds(),
    network: networkOf(subjects),
    onStep: options.onStep,
    without: options.without,
    sealItem: subjects.find((subject) => subject.sealItem !== undefined)?.sealItem,
    sealKey: random.chance(0.5) ? 'attended' : 'unattended',
  })
  const files = Array.from({ length: 1 + random.int(3) }, (_, index) => document(index))
  const envelope = core.createEnvelope({
    organisation: 'org_history' as OrganisationId,
    actor: clerk,
    title: 'Үлгі шарт',
    files,
    recipients: Array.from({ length: 1 + random.int(mostPersons) }, (_, index) => ({
      ...person(index),
      orderGroup: 1 + random.int(2),
      methods: someWays(ways, random),
    })),
    ...(random.chance(0.4)
      ? { deadline: instantAfter(clock.now(), hourMs / 6 + random.int(72 * hourMs)) }
      : {}),
  })

  return {
    core,
    clock,
    envelope,
    connections: ways.map((way) => way.connection),
    subjectOf,
    withholdTrust,
    aggregate: () => core.aggregate(envelope),
    thanked: [],
    documents: files.map((file) => file.bytes),
  }
}

function subjectsOf(clock: TestClock): readonly ContractSubject[] {
  return [
    createCallingUs(),
    createBrowserAttended(),
    createCalledAndWatched({
      clock,
      id: 'watched-reserved',
      idempotency: 'reserved',
      cancel: 'call',
    }),
    createCalledAndWatched({ clock, id: 'watched-blind', idempotency: 'none', cancel: 'none' }),
    createCalledAndWatched({ clock, id: 'watched-called', idempotency: 'none', cancel: 'call' }),
    createSealedAndPaced({ clock }),
  ]
}

function networkOf(subjects: readonly ContractSubject[]): typeof fetch {
  return async (input, init) => {
    const request = toRequest(input, init)
    const host = new URL(request.url).hostname.replace('.test', '')
    const subject = subjects.find((each) => each.provider.describe().id === host)
    if (subject?.network === undefined) {
      throw new TypeError(`nothing listens at ${host}`)
    }

    return subject.network(request)
  }
}

/** One way to sign mostly, two side by side sometimes. */
function someWays(ways: readonly AllowedMethod[], random: Random): readonly AllowedMethod[] {
  const first = random.int(ways.length)
  const second = random.chance(0.3) ? random.int(ways.length) : first

  return ways.filter((_, index) => index === first || index === second)
}
