import { randomBytes } from 'node:crypto'
import { policyByName, verifySignature } from '@muhr/pki'
import {
  findReadinessFaults,
  isSignerKeyError,
  SignerKeyError,
  type SignerKeyErrorCode,
} from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import type { ProblemCode } from '../http/problems.ts'
import { Problem } from '../http/problems.ts'
import { askRevocation } from './ask-revocation.ts'
import type { SignerKeyRow } from './find-signer-keys.ts'
import { openRow } from './load-signer-key.ts'

/** What a trial signature showed. */
export type KeyTrial = {
  readonly passed: boolean
  /** Was a signature made? An attended key makes none without its clerk. */
  readonly signed: boolean
  readonly at: string
  /** Why it did not pass. */
  readonly code?: SignerKeyErrorCode | ProblemCode
  readonly advice?: string
  /** How the trial signature is judged with the anchors and revocation services of the installation. */
  readonly verification?: {
    readonly policy: string
    readonly indication: string
    readonly subIndication?: string
    readonly revocation: 'good' | 'revoked' | 'unknown'
  }
}

type App = Pick<AppContext, 'config' | 'secrets' | 'trust' | 'now'>

/**
 * Tries a key: opens it, signs random bytes, holds the signature against them, and verifies it as a
 * receiver would. The signature is thrown away. What is wrong is the answer, not an exception.
 */
export async function trySignerKey(app: App, row: SignerKeyRow): Promise<KeyTrial> {
  const now = app.now()
  const at = now.toISOString()
  try {
    const key = await openRow(app, row)
    const revocation = await askRevocation(app, key.description.certificate)
    if (key.attendance === 'attended') {
      const [code] = findReadinessFaults(key.description, { at: now, revocation })

      return code === undefined ? { passed: true, signed: false, at } : failure(at, refusalOf(code))
    }
    const content = new Uint8Array(randomBytes(32))
    const container = await key.signDetached(content, { signingTime: now, revocation })
    const verification = await judge(app, { container, content })
    if (verification.revocation === 'revoked') {
      return { ...failure(at, refusalOf('signer-key.revoked')), signed: true, verification }
    }

    return { passed: true, signed: true, at, verification }
  } catch (error) {
    if (isSignerKeyError(error) || error instanceof Problem) {
      return failure(at, error)
    }
    throw error
  }
}

const refusalOf = (code: SignerKeyErrorCode): SignerKeyError =>
  new SignerKeyError({ code, message: 'The key cannot be used.' })

function failure(at: string, { code, advice }: SignerKeyError | Problem): KeyTrial {
  return { passed: false, signed: false, at, code, advice }
}

async function judge(
  app: App,
  signature: { readonly container: Uint8Array; readonly content: Uint8Array },
): Promise<NonNullable<KeyTrial['verification']>> {
  const policy = app.config.mode === 'sandbox' ? 'sandbox' : 'ru-63fz'
  const hosts = app.trust.hostsFor(policy)
  const { report } = await verifySignature({
    ...signature,
    trust: await app.trust.anchors(policy),
    policy: policyByName(policy),
    now: app.now(),
    sources: { ocsp: (query) => app.trust.ocsp(hosts, query) },
  })
  const statuses = report.signatures.flatMap(({ revocation }) =>
    revocation.map(({ status }) => status),
  )

  return {
    policy,
    indication: report.indication,
    ...(report.subIndication === undefined ? {} : { subIndication: report.subIndication }),
    revocation: statuses.includes('revoked')
      ? 'revoked'
      : statuses.length > 0 && statuses.every((status) => status === 'good')
        ? 'good'
        : 'unknown',
  }
}
