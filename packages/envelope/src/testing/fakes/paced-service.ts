import type { Instant } from '../../ids.ts'
import { instantAfter } from '../../time.ts'
import type { Counterpart } from '../contract/subject.ts'
import type { TestClock } from '../core/core-types.ts'
import { toRequest } from '../core/to-request.ts'
import { toySign } from './toy-crypto.ts'
import { createWatchedService } from './watched-service.ts'

/** The sending organisation, as its seals name it. */
export const sealingOrganisation = { bin: '000140000007' } as const

/** How long a signature over a credential serves, ms. */
export const credentialMs = 86_400_000

export type PacedRules = {
  /** Numbers that one key may take in a window. */
  readonly limit: number
  readonly windowMs: number
}

/** Is a seal (as it came) one of the sending organisation over these bytes? */
export type SealCheck = (bytes: Uint8Array, seal: Uint8Array) => boolean

/** A request file: read by the service, sealed by the sender. */
export type RequestFile = { readonly ref: string; readonly until: Instant }

type SealedFile = { readonly name: string; readonly data: string; readonly seal: string }

export type SealedPush = {
  readonly ref: string
  readonly documents: readonly string[]
  readonly files: readonly SealedFile[]
}

const isToySeal: SealCheck = (bytes, seal) =>
  Buffer.from(toySign(sealingOrganisation, bytes)).equals(seal)

/** The first thing that is wrong with a package, or undefined. */
function faultOf(
  push: SealedPush,
  { now, isSealed }: { readonly now: Instant; readonly isSealed: SealCheck },
): string | undefined {
  const request = push.files.find((file) => file.name === 'request.json')
  if (request === undefined || push.files.length !== push.documents.length + 1) {
    return 'files-missing'
  }
  const isWrong = (file: SealedFile) =>
    !isSealed(Buffer.from(file.data, 'base64'), Buffer.from(file.seal, 'base64'))
  if (push.files.some(isWrong)) {
    return 'seal-wrong'
  }
  const { ref, until } = JSON.parse(Buffer.from(request.data, 'base64').toString()) as RequestFile
  const isInWindow = until > now && until <= instantAfter(now, credentialMs)

  return ref === push.ref && isInWindow ? undefined : 'window-wrong'
}

/**
 * A watched service that wants more: a signature over the caller's key with each call, files sealed by
 * the sender with a window that is still to end, and no more numbers for a key than its quota.
 */
export function createPacedService(
  options: { readonly clock: TestClock; readonly isSealed?: SealCheck | undefined } & PacedRules,
): {
  readonly fetch: typeof fetch
  readonly counterpart: Required<Counterpart>
} {
  const { clock, limit, windowMs, isSealed = isToySeal } = options
  const { fetch: inner, counterpart } = createWatchedService({ clock, cancel: 'none' })
  const taken = new Map<string, Instant[]>()
  let overrun = 0

  const takeNumber = (key: string): boolean => {
    const now = clock.now()
    const recent = (taken.get(key) ?? []).filter((at) => instantAfter(at, windowMs) > now)
    if (recent.length >= limit) {
      overrun += 1
      return false
    }
    taken.set(key, [...recent, now])
    return true
  }

  return {
    fetch: async (input, init) => {
      const request = toRequest(input, init)
      const url = new URL(request.url)
      const key = request.headers.get('x-key') ?? ''
      const credential = request.headers.get('x-credential') ?? ''
      if (!isSealed(Buffer.from(key), Buffer.from(credential, 'base64'))) {
        return new Response(null, { status: 401 })
      }
      if (url.pathname === '/reserve' && !takeNumber(key)) {
        return new Response(null, { status: 429 })
      }
      if (url.pathname === '/push') {
        const fault = faultOf((await request.clone().json()) as SealedPush, {
          now: clock.now(),
          isSealed,
        })
        if (fault !== undefined) {
          return Response.json({ fault }, { status: 400 })
        }
      }

      return inner(request)
    },
    counterpart: {
      ...counterpart,
      overrun: () => overrun,
      lookUp: (request) => {
        const found = counterpart.lookUp?.(request) as { readonly number: number } | undefined

        return found === undefined ? undefined : { key: String(found.number), number: found.number }
      },
    },
  }
}
