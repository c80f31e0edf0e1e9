import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createClock } from './clock.ts'
import { createGoskeyHandler } from './console/goskey-handler.ts'
import { createPageHandler } from './console/page-handler.ts'
import { createPhoneHandler } from './console/phone-handler.ts'
import { createPhoneSessions } from './console/phone-sessions.ts'
import { createControlHandler } from './control/control-handler.ts'
import { createEpguControl } from './epgu/control-handler.ts'
import { createEpguHandler } from './epgu/epgu-handler.ts'
import {
  type EpguAccounts,
  epguAccounts,
  type OrganisationKeyFile,
  organisationKeys,
} from './epgu/ready.ts'
import { restoreOrders } from './epgu/restore-orders.ts'
import { createEpguState } from './epgu/state.ts'
import { createTokenHandler } from './esia/token-handler.ts'
import { createTokens } from './esia/tokens.ts'
import { createFaultState } from './faults.ts'
import { underOwnHosts } from './http/guard.ts'
import { type Listening, listen } from './http/listen.ts'
import type { SimHandler } from './http/sim-http.ts'
import { createJournal } from './journal.ts'
import { type AccountId, accounts, CITIZEN_PASSWORD, type CitizenState } from './pki/profile.ts'
import { openPki, type TestPki } from './pki/test-pki.ts'
import { type OpenSignme, openSignme } from './signme/open-signme.ts'
import { type SignmeReady, signmeReady } from './signme/ready.ts'
import { byRealName, openTlsKey, TLS_NAMES } from './tls/real-names.ts'
import { createTrustHandler } from './trust/trust-handler.ts'
import type { World } from './world.ts'

export type SandboxOptions = {
  /** Folder of the sandbox; made when it is not there. The PKI lives in `pki` below it. */
  readonly dir: string
  /** 0 takes any free port. Defaults: {@link DEFAULT_PORTS}. */
  readonly ports?: Partial<SandboxPorts>
  /** Turns on every lenience that live services or published clients are known to need. Default strict. */
  readonly isCompat?: boolean
  /** How long each state of EPGU's gateway, and the recipient, take at least, ms. Default 150. */
  readonly epguStepMs?: number
  /** From which Sign.Me derives its suffixes. Default: one of the folder, made once. */
  readonly signmeSeed?: string
  /** Default 127.0.0.1. */
  readonly host?: string
  readonly now?: () => Date
  readonly log?: (line: string) => void
  /** Where the console's “To envelopes” leads. Default http://127.0.0.1:8080. */
  readonly gatewayUrl?: string
  /** Hosts that the simulated app may call besides loopback. Default none. */
  readonly allowedHosts?: readonly string[]
}

/** The servers of the sandbox, by port. `tls` serves all of them over https. */
export type SandboxPorts = {
  readonly console: number
  readonly esia: number
  readonly epgu: number
  readonly signme: number
  readonly trust: number
  readonly tls: number
}

/** A key file of the sandbox. */
export type SandboxKey = CitizenKeyFile | OrganisationKeyFile

/** A PKCS#12 file of a Kazakh citizen. */
type CitizenKeyFile = {
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
  /** Base URL of ESIA, and of EPGU with the services of Goskey. */
  readonly esia: string
  readonly epgu: string
  /** Base URL of Sign.Me, which is also where people log in. */
  readonly signme: string
  /** The phone page of Goskey. */
  readonly goskey: { readonly phone: string; readonly control: string }
  /** One https server for all of them, by SNI or Host; its certificate names these hosts and 127.0.0.1. */
  readonly tls: { readonly url: string; readonly names: readonly string[] }
  /** PEM with all trusted roots and issuing CAs. */
  readonly caFile: string
  readonly control: { readonly secret: string }
  readonly accounts: {
    readonly 'egov-mobile': readonly SandboxAccount[]
    readonly epgu: EpguAccounts
    readonly signme: SignmeReady
  }
  readonly keys: readonly SandboxKey[]
}

export type Sandbox = {
  readonly ready: SandboxReady
  readonly stop: () => Promise<void>
}

/** Ports of the design, all on loopback. */
export const DEFAULT_PORTS: SandboxPorts = Object.freeze({
  console: 8100,
  esia: 8101,
  epgu: 8102,
  signme: 8103,
  trust: 8104,
  tls: 8107,
})

/**
 * Starts the simulators: the test CA with its OCSP, CRL and TSA, ESIA, EPGU, Sign.Me, and the console with the phones.
 * Ports are bound before anything is made, so that a taken port leaves nothing behind; https alone, which needs
 * its certificate, comes last.
 *
 * @throws {SandboxError} `sandbox.port-taken`, `sandbox.pki-unreadable`, `sandbox.pki-expired`
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = '127.0.0.1', ports = {}, log = () => undefined } = options
  const clock = createClock(options.now ?? (() => new Date()))
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  await mkdir(options.dir, { recursive: true, mode: 0o700 })

  // Handlers come once the PKI is there; until then nobody knows the ports.
  const handlers = new Map<ServerName, SimHandler>()
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(stops.map((each) => each()))
  }
  const open = async (name: ServerName): Promise<Listening> => {
    const server = await listen({
      host,
      port: ports[name] ?? DEFAULT_PORTS[name],
      handler: async (request) => handlers.get(name)?.(request),
      log,
      isLenient: name === 'signme' && options.isCompat === true,
    })
    stops.push(server.stop)

    return server
  }
  try {
    const trust = await open('trust')
    const console = await open('console')
    const esia = await open('esia')
    const epgu = await open('epgu')
    const signme = await open('signme')
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
    const tokens = createTokens(world)
    const epguState = await createEpguState(world, {
      tokens,
      folder: join(options.dir, 'epgu'),
      isCompat: options.isCompat ?? false,
      stepMs: options.epguStepMs ?? 150,
    })
    await restoreOrders(epguState)
    const signmeService: OpenSignme = openSignme(world, {
      folder: join(options.dir, 'signme'),
      isCompat: options.isCompat ?? false,
      seed: options.signmeSeed,
      allowedHosts: options.allowedHosts ?? [],
      publicUrl: signme.url,
    })
    stops.push(signmeService.stop)
    // The APIs are public by nature, and old clients send no Host: only the controls look at it.
    const trustHandler = createTrustHandler(world)
    const esiaHandler = createTokenHandler(world, tokens, (run) =>
      epguState.faults.apply('token', run),
    )
    const epguHandler = createEpguHandler(epguState)
    const controlsOf = (server: Listening): SimHandler =>
      firstOf(
        createControlHandler(world, () => server.hosts),
        createEpguControl(epguState, () => server.hosts),
        signmeService.controlOf(() => server.hosts),
      )
    handlers.set(
      'trust',
      firstOf(
        createControlHandler(world, () => trust.hosts),
        trustHandler,
      ),
    )
    handlers.set('esia', firstOf(controlsOf(esia), esiaHandler))
    handlers.set('epgu', firstOf(controlsOf(epgu), epguHandler))
    handlers.set('signme', firstOf(controlsOf(signme), signmeService.handler))
    handlers.set(
      'console',
      underOwnHosts(
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
          createGoskeyHandler(epguState, () => console.hosts),
          controlsOf(console),
          createPageHandler({
            gatewayUrl: options.gatewayUrl ?? 'http://127.0.0.1:8080',
            trustUrl: trust.url,
            caFile: pki.caFile,
            esiaUrl: esia.url,
            epguUrl: epgu.url,
            signmeUrl: signme.url,
          }),
        ),
        () => console.hosts,
      ),
    )
    const tls = await listen({
      host,
      port: ports.tls ?? DEFAULT_PORTS.tls,
      handler: byRealName({
        esia: esiaHandler,
        epgu: epguHandler,
        signme: signmeService.handler,
        trust: trustHandler,
      }),
      tls: await openTlsKey(pki),
      log,
      isLenient: options.isCompat ?? false,
    })
    stops.push(tls.stop)

    return { ready: readyOf(world, { trust, console, esia, epgu, signme, tls }), stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

type ServerName = Exclude<keyof SandboxPorts, 'tls'>

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
  servers: Readonly<Record<ServerName | 'tls', Listening>>,
): SandboxReady {
  return {
    egovMobile: {
      phone: `${servers.console.url}/phone`,
      launcher: `${servers.console.url}/phone?link={link}`,
      control: `${servers.console.url}/_sim/egov-mobile`,
    },
    trust: servers.trust.url,
    console: servers.console.url,
    esia: servers.esia.url,
    epgu: servers.epgu.url,
    signme: servers.signme.url,
    goskey: {
      phone: `${servers.console.url}/goskey`,
      control: `${servers.epgu.url}/_sim/epgu`,
    },
    tls: { url: servers.tls.url, names: TLS_NAMES },
    caFile: pki.caFile,
    control: { secret },
    accounts: {
      'egov-mobile': accounts.map(({ id, surname, name, iin, organisation }) => ({
        id,
        name: `${surname} ${name}`,
        iin,
        ...(organisation === undefined ? {} : { organisation }),
      })),
      epgu: epguAccounts(),
      signme: signmeReady(servers.signme.url),
    },
    keys: [...keysOf(pki), ...organisationKeys(pki)],
  }
}

/** The newest file of each citizen, as far as they are made. */
function keysOf(pki: TestPki): readonly CitizenKeyFile[] {
  const newest = new Map(pki.manifest().certificates.map((record) => [record.name, record]))

  return [...newest.values()].flatMap(({ account, state, algorithm, subject, keyFile }) =>
    account === undefined ||
    state === undefined ||
    (algorithm !== 'kz-2015-512' && algorithm !== 'rsa-2048')
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
