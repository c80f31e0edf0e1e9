import { createHash } from 'node:crypto'
import { createDueQueue, type DueQueue } from '../epgu/due-queue.ts'
import type { World } from '../world.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { createFaults, type Faults } from './faults.ts'
import type { Signature, SignFile, SignRequest } from './request.ts'
import { openStore, type Store } from './stored.ts'
import { initialSwitches, type Switches } from './switches.ts'

/** The first rid: of the size that was seen (ru-signme §1). */
const FIRST_RID = 320_186

/** A letter or short message that Sign.Me would have sent. */
export type Notice = {
  readonly at: string
  readonly kind: 'email' | 'sms'
  readonly to: string
  readonly text: string
}

/** A call that Sign.Me made: the push of a request, or the notification of a site. Whole, for tests. */
export type OutgoingCall = {
  readonly number: number
  readonly at: string
  readonly kind: 'push' | 'notification'
  readonly url: string
  /** Of the request. */
  readonly rid: number
  readonly status: number | 'none'
}

/** A check page that may be opened once. */
export type CheckPage = {
  readonly kind: 'single' | 'multi'
  readonly files: readonly { readonly md5: string; readonly name?: string }[]
}

export type Settings = {
  /** How long the app takes to sign or reject by itself, real ms. */
  readonly behaviourMs: number
  /** Is who registers by the newer API approved at once? */
  readonly autoApprove: boolean
  readonly maxFiles: number
  readonly maxBytes: number
  /** After how long a file is deleted, ms of the clock; 0 never. */
  readonly retentionMs: number
  /** How often a push that is not answered with 2xx is made again. */
  readonly pushRetries: number
}

/** All that the simulator of Sign.Me knows. */
export type SignmeState = {
  readonly world: World
  readonly store: Store
  readonly accounts: Accounts
  readonly faults: Faults
  readonly due: DueQueue
  readonly requests: Map<number, SignRequest>
  /** Every file by its rid, with the request that it belongs to. */
  readonly files: Map<number, { readonly request: SignRequest; readonly file: SignFile }>
  readonly groups: Map<string, SignRequest>
  readonly signatures: Map<string, readonly Signature[]>
  readonly checkPages: Map<string, CheckPage>
  readonly registrations: Registrations
  /** Hosts that pushes may go to besides loopback. */
  readonly allowedHosts: readonly string[]
  /** What goes on apart from any call, and acts on a request one after another. */
  readonly running: Set<Promise<unknown>>
  readonly queues: Map<number, Promise<unknown>>
  /** The last ones; a few thousand stay. */
  readonly notices: Notice[]
  readonly outgoing: OutgoingCall[]
  switches: Switches
  settings: Settings
  /** Base URL under which pages are found. */
  publicUrl: string
  nextRid: number
  nextSignature: number
  nextCall: number
  uuidCount: number
  isStopped: boolean
}

/** Applications of the newer API, by id: whom they are of. */
export type Registrations = Map<number, { readonly userId: string; readonly companyInn?: string }>

/** A Sign.Me in a folder of its own, with everything that earlier starts left there. */
export function createSignmeState(
  world: World,
  options: {
    readonly folder: string
    readonly isCompat: boolean
    readonly seed?: string | undefined
    readonly allowedHosts: readonly string[]
  },
): SignmeState {
  const store = openStore(options.folder, options.seed)
  const state: SignmeState = {
    world,
    store,
    accounts: createAccounts({ stored: store.accounts(), save: store.saveAccounts }),
    faults: createFaults(),
    due: createDueQueue(),
    requests: new Map(),
    files: new Map(),
    groups: new Map(),
    signatures: new Map(),
    checkPages: new Map(),
    registrations: new Map(),
    allowedHosts: options.allowedHosts,
    running: new Set(),
    queues: new Map(),
    notices: [],
    outgoing: [],
    switches: initialSwitches({ isCompat: options.isCompat }),
    settings: {
      behaviourMs: 150,
      autoApprove: true,
      maxFiles: 15,
      maxBytes: 50_000_000,
      retentionMs: 0,
      pushRetries: 0,
    },
    publicUrl: '',
    nextRid: FIRST_RID,
    nextSignature: 1,
    nextCall: 1,
    uuidCount: 0,
    isStopped: false,
  }
  for (const request of store.requests()) keepRequest(state, request)
  for (const signature of store.signatures()) keepSignature(state, signature)
  // Where the clock stands still, a UUID of an earlier start does not come again.
  state.uuidCount = 16 * (state.nextRid - FIRST_RID)

  return state
}

/** The sandbox's time, ms. */
export const nowOf = ({ world }: SignmeState): number => world.clock.now().getTime()

/** Lets a request be found by each of its names. */
export function keepRequest(state: SignmeState, request: SignRequest): void {
  state.requests.set(request.id, request)
  if (request.uuid !== undefined) state.groups.set(request.uuid, request)
  for (const file of request.files) {
    state.files.set(file.rid, { request, file })
    state.nextRid = Math.max(state.nextRid, file.rid + 1)
  }
}

export function keepSignature(state: SignmeState, signature: Signature): void {
  state.signatures.set(signature.md5, [...signaturesOf(state, signature.md5), signature])
  state.nextSignature = Math.max(state.nextSignature, signature.number + 1)
}

/** Every signature of a file, by its MD5, in the order in which they were made. */
export const signaturesOf = (state: SignmeState, md5: string): readonly Signature[] =>
  state.signatures.get(md5.toLowerCase()) ?? []

/** The second half of a suffix: of the seed and the number, so that a run can be repeated. */
export function hexOf({ store }: SignmeState, rid: number): string {
  return createHash('sha256').update(`${store.seed}:${rid}`).digest('hex').slice(0, 32)
}

/** 100 ns between 15 October 1582 and 1970 (RFC 9562 §5.1). */
const GREGORIAN_OFFSET = 122_192_928_000_000_000n

/** A UUID of version 1 (RFC 9562 §5.1): the sandbox's time, a count, and a node of the seed. */
export function uuid1(state: SignmeState): string {
  const time = BigInt(nowOf(state)) * 10_000n + GREGORIAN_OFFSET + BigInt(state.uuidCount % 10_000)
  const sequence = (state.uuidCount & 0x3fff) | 0x8000
  state.uuidCount += 1
  const hex = time.toString(16).padStart(15, '0')
  const node = createHash('sha256').update(`${state.store.seed}:node`).digest()
  // RFC 9562 §6.10: a node that is no MAC address has the multicast bit.
  node[0] = (node[0] ?? 0) | 1

  return [
    hex.slice(7),
    hex.slice(3, 7),
    `1${hex.slice(0, 3)}`,
    sequence.toString(16),
    node.subarray(0, 6).toString('hex'),
  ].join('-')
}

const KEPT = 5000

/** Adds to a list of which the last ones stay. */
export function keepLast<Item>(list: Item[], item: Item): void {
  list.push(item)
  if (list.length > 2 * KEPT) list.splice(0, KEPT)
}

export function addNotice(state: SignmeState, notice: Omit<Notice, 'at'>): void {
  keepLast(state.notices, { at: new Date(nowOf(state)).toISOString(), ...notice })
}

/** Lets something go on by itself; what it throws is logged. */
export function runApart(state: SignmeState, work: () => Promise<unknown>): Promise<unknown> {
  const running = work()
    .catch((cause: unknown) => {
      state.world.log(`signme: ${cause instanceof Error ? cause.stack : String(cause)}`)
    })
    .finally(() => state.running.delete(running))
  state.running.add(running)

  return running
}

/** One act on a request at a time: whoever comes second finds what the first has done. */
export function inTurn<Result>(
  state: SignmeState,
  { id }: SignRequest,
  act: () => Promise<Result>,
): Promise<Result> {
  const before = state.queues.get(id) ?? Promise.resolve()
  const next = before.then(act, act)
  const settled = next.catch(() => undefined)
  state.queues.set(id, settled)
  void settled.then(() => {
    if (state.queues.get(id) === settled) state.queues.delete(id)
  })

  return next
}
