import {
  type CallResult,
  instantAfter,
  instantOf,
  type ProviderIo,
  type RequestAddresses,
  type RequestView,
  type Step,
} from '@muhr/envelope'
import {
  type SignmeError,
  type SignmeFile,
  type SignOptions,
  SignmeError as Thrown,
} from '@muhr/signme'
import { codeOf, failedCall } from './call-errors.ts'
import type { Client, Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import { kindOf, type SignmeHandle } from './handle.ts'
import { companyOf, signerOf } from './signer-of.ts'

type Result = CallResult<SignmeHandle>
type AdvanceInput = {
  readonly connection: SignmeConnection
  readonly request: RequestView<SignmeHandle>
}
type Calling = AdvanceInput & {
  readonly client: Client
  readonly io: ProviderIo
  readonly addresses: RequestAddresses
}

/** How long a call waits that the key or the service keeps from leaving, ms. */
const waitMs = 600_000

/** The one call of a request. It is made once: Sign.Me makes a request of every call (§8.1). */
export function advance(
  clients: Clients,
  { connection, request }: AdvanceInput,
): Step<SignmeHandle> {
  if (request.closed) return { kind: 'done' }
  if (request.handle !== undefined) return { kind: 'await' }

  return {
    kind: 'call',
    run: (io, addresses) =>
      send({ connection, request, io, addresses, client: clients.open(connection, io) }),
  }
}

async function send(calling: Calling): Promise<Result> {
  const { client, io, request } = calling
  if (client.breaker.isKeyRefused()) {
    return {
      kind: 'deferred',
      code: 'signme.get-api-key',
      at: instantAfter(instantOf(io.now()), waitMs),
    }
  }
  const rest = client.breaker.restsUntil(io.now())
  if (rest !== undefined) {
    return { kind: 'deferred', code: 'signme.resting', at: instantOf(rest) }
  }
  const files = await filesOf(request, io)
  // Kept before anything leaves: by them a request is found whose answer was lost.
  await Promise.all(request.contents.map(({ sha256 }) => io.md5(sha256)))
  const unregistered = await precheck(calling)
  if (unregistered !== undefined) return unregistered
  const sentAt = instantOf(io.now())
  try {
    const reference = await client.breaker.run(io.now, () => sendFiles(calling, files))

    return {
      kind: 'opened',
      handle: { key: request.id, kind: kindOf(request), reference, sentAt },
    }
  } catch (error) {
    return failedCall(error, io.now())
  }
}

async function filesOf(
  request: RequestView<SignmeHandle>,
  io: ProviderIo,
): Promise<readonly SignmeFile[]> {
  return Promise.all(
    request.contents.map(async ({ document, sha256 }) => ({
      name: document.fileName,
      bytes: await io.read(sha256),
    })),
  )
}

/** @returns the suffix or the UUID; `error 5` may be the fault of a name, so a plain one is tried once (§5) */
async function sendFiles(calling: Calling, files: readonly SignmeFile[]): Promise<string> {
  try {
    return await callOnce(calling, files)
  } catch (error) {
    if (!isNameRefused(error)) throw error

    return callOnce(
      calling,
      files.map(({ name, bytes }, index) => ({ name: plainName(name, index), bytes })),
    )
  }
}

async function callOnce(calling: Calling, files: readonly SignmeFile[]): Promise<string> {
  const { client, request } = calling
  const options = optionsOf(calling)
  const [file] = files
  if (kindOf(request) === 'file' && file !== undefined) {
    const { suffix } = await client.signme.sign({ ...options, file })

    return suffix
  }
  const { uuid } = await client.signme.signFiles({ ...options, files })

  return uuid
}

function optionsOf({ connection, request, addresses, io }: Calling): SignOptions {
  const { recipient, method } = request
  const isPush = connection.returnBy === 'push'

  return {
    signer: signerOf(recipient),
    company: companyOf(recipient, method),
    returnTo: {
      kind: isPush ? 'push' : 'browser',
      url: isPush ? addresses.callback : `${addresses.callback}/back`,
    },
    notifies: connection.notifies,
    requiresSms: connection.requiresSms,
    withoutEmail: connection.withoutEmail,
    signal: io.signal,
  }
}

function isNameRefused(error: unknown): error is SignmeError {
  return error instanceof Thrown && codeOf(error) === 'signme.cannot-create-file'
}

/** ASCII, with the extension that the file had. */
function plainName(name: string, index: number): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''

  return `document-${index + 1}${extension.toLowerCase()}`
}

/** Whether somebody is not registered, before a document leaves; what cannot be asked stops nothing (§11). */
async function precheck({ connection, client, request, io }: Calling): Promise<Result | undefined> {
  if (!connection.precheck) return undefined
  const company = companyOf(request.recipient, request.method)
  try {
    const findings = await client.signme.precheck(
      { signer: signerOf(request.recipient), ...(company === undefined ? {} : { company }) },
      { signal: io.signal },
    )
    const missing = findings.find(({ isRegistered }) => !isRegistered)?.field

    return missing === undefined
      ? undefined
      : {
          kind: 'refused',
          code:
            missing === 'cinn' || missing === 'cogrn'
              ? 'signme.company-unregistered'
              : 'signme.signer-unregistered',
        }
  } catch (error) {
    if (!(error instanceof Thrown)) throw error

    return undefined
  }
}
