import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createClock } from './clock.ts'
import { createPageHandler } from './console/page-handler.ts'
import { createPhoneHandler } from './console/phone-handler.ts'
import { createPhoneSessions } from './console/phone-sessions.ts'
import { createControlHandler } from './control/control-handler.ts'
import { createFaultState } from './faults.ts'
import { underOwnHosts } from './http/guard.ts'
import { type Listening, listen } from './http/listen.ts'
import type { SimHandler } from './http/sim-http.ts'
import { createJournal } from './journal.ts'
import { type AccountId, accounts, CITIZEN_PASSWORD, type CitizenState } from './pki/profile.ts'
import { openPki, type TestPki } from './pki/test-pki.ts'
import { createTrustHandler } from './trust/trust-handler.ts'
import type { World } from './world.ts'

export type SandboxOptions = {
  /** Folder of the sandbox; made when it is not there. The PKI lives in `pki` below it. */
  readonly dir: string
  /** 0 takes any free port. Defaults of the design: console 8100, trust services 8104. */
  readonly ports?: { readonly console?: number; readonly trust?: number }
  /** Default 127.0.0.1. */
  readonly host?: string
  readonly now?: () => Date
  readonly log?: (line: string) => void
  /** Where the console's “To envelopes” leads. Default http://127.0.0.1:8080. */
  readonly gatewayUrl?: string
  /** Hosts that the simulated app may call besides loopback. Default none. */
  readonly allowedHosts?: readonly string[]
}

/** A PKCS#12 file of the sandbox. */
export type SandboxKey = {
  readonly file: string
  readonly pin: string
  readonly country: 'KZ'
  readonly subject: string
  readonly account: AccountId
  readonly algorithm: 'kz-2015-512' | 'rsa-2048'
  readonly state: CitizenState
}

/** A citizen of the sandbox, as `accounts` lists them. */
export type SandboxAccount = {
  readonly id: AccountId
  /** As in the certificate. */
  readonly name: string
  readonly iin: string
  readonly organisation?: { readonly name: string; readonly bin: string }
}

/** What is printed when the sandbox is ready (design §7, as far as this part goes). */
export type SandboxReady = {
  readonly egovMobile: {
    /** The phone page. */
    readonly phone: string
    /** Template of a cross link that opens the phone page; `{link}` is the encoded API #1 URL. */
    readonly launcher: string
    /** Base of the control of the phone: `act`, `phones`. */
    readonly control: string
  }
  /** Base URL of the test CA: `/ocsp`, `/tsp`, `/crl/{ca}.crl`, `/ca/{ca}.cer`, `/ca.pem`. */
  readonly trust: string
  readonly console: string
  /** PEM with the two roots and the two issuing CAs. */
  readonly caFile: string
  readonly control: { readonly secret: string }
  readonly accounts: { readonly 'egov-mobile': readonly SandboxAccount[] }
  readonly keys: readonly SandboxKey[]
}

export type Sandbox = {
  readonly ready: SandboxReady
  readonly stop: () => Promise<void>
}

const DEFAULT_PORTS = { console: 8100, trust: 8104 } as const

/**
 * Starts the simulators: the test CA with its OCSP, CRL and TSA, and the console with the phone. Both ports are
 * bound before anything is made, so that a taken port leaves nothing behind.
 *
 * @throws {SandboxError} `sandbox.port-taken`, `sandbox.pki-unreadable`, `sandbox.pki-expired`
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = '127.0.0.1', ports = {}, log = () => undefined } = options
  const clock = createClock(options.now ?? (() => new Date()))
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  await mkdir(options.dir, { recursive: true, mode: 0o700 })

  // Handlers come once the PKI is there; until then nobody knows the ports.
  let trustHandler: SimHandler = async () => undefined
  let consoleHandler: SimHandler = async () => undefined
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(stops.map((each) => each()))
  }
  try {
    const trust = await listen({
      host,
      port: ports.trust ?? DEFAULT_PORTS.trust,
      handler: (request) => trustHandler(request),
      log,
    })
    stops.push(trust.stop)
    const console = await listen({
      host,
      port: ports.console ?? DEFAULT_PORTS.console,
      handler: (request) => consoleHandler(request),
      log,
    })
    stops.push(console.stop)
    const pki = await openPki({
      dir: options.dir,
      trustUrl: trust.url,
      now: clock.now,
      random,
      log,
    })
    const world: World = {
      clock,
      faults: createFaultState(),
      journal: createJournal(clock.now),
      pki,
      secret: Buffer.from(random(24)).toString('base64url'),
      random,
      log,
    }
    // OCSP and time-stamps are public by nature, and old clients send no Host: only the control looks at it.
    trustHandler = firstOf(
      createControlHandler(world, () => trust.hosts),
      createTrustHandler(world),
    )
    consoleHandler = underOwnHosts(
      firstOf(
        createPhoneHandler(
          world,
          createPhoneSessions({
            world,
            trustUrl: trust.url,
            fetch,
            allowedHosts: options.allowedHosts ?? [],
          }),
          () => console.hosts,
        ),
        createControlHandler(world, () => console.hosts),
        createPageHandler({
          gatewayUrl: options.gatewayUrl ?? 'http://127.0.0.1:8080',
          trustUrl: trust.url,
          caFile: pki.caFile,
        }),
      ),
      () => console.hosts,
    )

    return { ready: readyOf(world, { trust, console }), stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

function firstOf(...handlers: readonly SimHandler[]): SimHandler {
  return async (request) => {
    for (const handler of handlers) {
      const response = await handler(request)
      if (response !== undefined) return response
    }

    return undefined
  }
}

function readyOf(
  { pki, secret }: World,
  servers: { readonly trust: Listening; readonly console: Listening },
): SandboxReady {
  return {
    egovMobile: {
      phone: `${servers.console.url}/phone`,
      launcher: `${servers.console.url}/phone?link={link}`,
      control: `${servers.console.url}/_sim/egov-mobile`,
    },
    trust: servers.trust.url,
    console: servers.console.url,
    caFile: pki.caFile,
    control: { secret },
    accounts: {
      'egov-mobile': accounts.map(({ id, surname, name, iin, organisation }) => ({
        id,
        name: `${surname} ${name}`,
        iin,
        ...(organisation === undefined ? {} : { organisation }),
      })),
    },
    keys: keysOf(pki),
  }
}

/** The newest file of each citizen, as far as they are made. */
function keysOf(pki: TestPki): readonly SandboxKey[] {
  const newest = new Map(pki.manifest().certificates.map((record) => [record.name, record]))

  return [...newest.values()].flatMap(({ account, state, algorithm, subject, keyFile }) =>
    account === undefined || state === undefined
      ? []
      : [
          {
            file: join(pki.folder, keyFile),
            pin: CITIZEN_PASSWORD,
            country: 'KZ' as const,
            subject,
            account,
            algorithm,
            state,
          },
        ],
  )
}
