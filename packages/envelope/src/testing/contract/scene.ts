import type { ConnectionId, EnvelopeId, OrganisationId, RequestId } from '../../ids.ts'
import type { Input } from '../../inputs.ts'
import type { EnvelopeAggregate, Signing, SigningRequest } from '../../model.ts'
import { instantAfter } from '../../time.ts'
import { viewOf } from '../core/core-io.ts'
import { CoreCrash, type CoreStep, type MemoryCore, type TestClock } from '../core/core-types.ts'
import { createMemoryCore } from '../core/create-memory-core.ts'
import { clerk, countingIds, epoch } from '../samples.ts'
import type { ContractSubject, ProviderContract, SignerAct, SignerAnswer } from './subject.ts'

const connection = 'con_contract' as ConnectionId

/** One envelope at one provider, with its counterpart and an engine: where a contract test plays. */
export type Scene = {
  readonly core: MemoryCore
  readonly clock: TestClock
  readonly subject: ContractSubject
  readonly envelope: EnvelopeId
  readonly aggregate: () => EnvelopeAggregate
  readonly signing: (index?: number) => Signing
  /** The newest request of a signing. */
  readonly request: (index?: number) => SigningRequest
  readonly requests: (index?: number) => readonly SigningRequest[]
  readonly command: (input: Input) => Promise<void>
  /** Lets the signer of a signing act on one of its requests (the newest by default), then settles. */
  readonly act: (
    act: SignerAct,
    options?: { readonly signing?: number | undefined; readonly request?: RequestId | undefined },
  ) => Promise<SignerAnswer>
  /** Does everything that is due: jobs, seals of the clerk, one watch. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

export type SceneOptions = {
  /** Order group of each person; one person in group 1 by default. */
  readonly groups?: readonly number[] | undefined
  readonly documents?: number | undefined
  readonly onStep?: ((step: CoreStep) => Promise<void> | void) | undefined
  /** False leaves the envelope a draft. */
  readonly sent?: boolean | undefined
}

export function createTestClock(): TestClock {
  let now = epoch

  return {
    now: () => now,
    pass: (ms) => {
      now = instantAfter(now, ms)
    },
  }
}

/** Builds a scene and, unless told otherwise, sends its envelope and makes everything ready to sign. */
export async function openScene(
  contract: ProviderContract,
  options: SceneOptions = {},
): Promise<Scene> {
  const clock = createTestClock()
  const subject = await contract.create({ clock, publicUrl: 'https://muhr.test' })
  const provider = subject.provider.describe().id
  const core = createMemoryCore({
    providers: [subject.provider],
    connections: [{ id: connection, provider, settings: subject.settings }],
    verifier: subject.verifier,
    clock,
    ids: countingIds(),
    network: subject.network ?? noNetwork,
    sealItem: subject.sealItem,
    sealKey: subject.sealKey,
    onStep: options.onStep,
  })
  const { groups = [1], documents = 1 } = options
  const envelope = core.createEnvelope({
    organisation: 'org_contract' as OrganisationId,
    actor: clerk,
    title: 'Үлгі шарт',
    files: Array.from({ length: documents }, (_, index) => subject.document(index)),
    recipients: groups.map((orderGroup, index) => ({
      ...subject.person(index),
      orderGroup,
      methods: [{ provider, method: subject.method, connection }],
    })),
  })
  const scene = sceneOf({ core, clock, subject, envelope })
  if (options.sent !== false) {
    await scene.command({ kind: 'send', actor: clerk })
    await scene.settle()
  }

  return scene
}

const noNetwork: typeof fetch = async () => {
  throw new TypeError('this provider says that it makes no calls')
}

function sceneOf(base: Pick<Scene, 'core' | 'clock' | 'subject' | 'envelope'>): Scene {
  const { core, subject, envelope } = base
  const aggregate = () => core.aggregate(envelope)
  const signing = (index = 0) => must(aggregate().signings[index], 'signing')
  const requests = (index = 0) =>
    aggregate().requests.filter((each) => each.signing === signing(index).id)
  const settle = async () => {
    // What a poll brings (the next order group, the wish for a credential) may want seals again.
    for (const _ of ['first', 'again']) {
      await core.settle()
      // Once for the package, once for the credential that its call turns out to need.
      for (const _ of ['package', 'credential']) {
        await makeSeals(core, envelope)
        await core.settle()
      }
      await core.watch(connection)
      await core.settle()
    }
  }

  return {
    ...base,
    aggregate,
    signing,
    requests,
    request: (index = 0) => must(requests(index).at(-1), 'request'),
    settle,
    command: async (input) => {
      const result = await core.command(envelope, input)
      if (!result.ok) {
        throw new Error(`refused: ${result.refusal.code}`)
      }
    },
    act: async (act, options = {}) => {
      const id = options.request ?? must(requests(options.signing).at(-1), 'request').id
      const answer = await subject.counterpart.act(
        {
          request: viewOf(aggregate(), id),
          presentation: core.presentation(envelope, id),
          fetch: core.fetch,
        },
        act,
      )
      await settle()

      return answer
    },
    close: async () => subject.close?.(),
  }
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`the scene has no such ${what}`)
  }

  return value
}

/** The clerk signs every attended seal that is wanted. */
export async function makeSeals(core: MemoryCore, envelope: EnvelopeId): Promise<void> {
  for (const seal of core.aggregate(envelope).seals) {
    if (seal.state === 'wanted' && seal.key === 'attended') {
      await core.makeSeal(envelope, seal.id)
    }
  }
  await core.makeKeptSeals()
}

/**
 * A person looks into the service for every request whose call went unanswered and says what they saw.
 * Services that are never called cannot have such requests.
 */
export async function resolveUnknown(scene: Scene): Promise<void> {
  for (const request of scene.aggregate().requests) {
    if (request.state !== 'unknown') {
      continue
    }
    const handle = scene.subject.counterpart.lookUp?.(viewOf(scene.aggregate(), request.id))
    await scene.core.command(scene.envelope, {
      kind: 'resolve-unknown',
      request: request.id,
      actor: clerk,
      ...(handle === undefined ? { to: 'absent' } : { to: 'exists', handle }),
    })
  }
  await scene.settle()
}

/**
 * Plays the happy path of a one-person envelope as its people would if processes fall under them: what
 * had no answer is tried again. Ends when the envelope is completed or nothing helps any more.
 */
export async function playThrough(scene: Scene): Promise<void> {
  const { core, clock } = scene
  let isSigned = false
  for (let round = 0; round < 12; round += 1) {
    if (scene.aggregate().envelope.state === 'completed') {
      return
    }
    try {
      if (scene.aggregate().envelope.state === 'draft') {
        await scene.command({ kind: 'send', actor: clerk })
      }
      await scene.settle()
      const open = scene.requests().find((request) => request.state === 'open')
      if (open !== undefined && scene.signing().state !== 'held') {
        const answer = await scene.act(
          isSigned ? { kind: 'repeat' } : { kind: 'sign', person: 0 },
          { request: open.id },
        )
        isSigned =
          answer !== 'gone' && answer !== 'refused' && (answer !== 'unreachable' || !isSigned)
      }
      if (round > 2) {
        await resolveUnknown(scene)
      }
    } catch (error) {
      if (!(error instanceof CoreCrash)) {
        throw error
      }
    }
    core.redeliver()
    clock.pass(31_000)
  }
}
