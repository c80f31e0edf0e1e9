import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problems.ts'

export type RateLimit = {
  /** Calls of one address that come back every minute. */
  readonly perMinute: number
  /** Calls that one address may make at once. */
  readonly burst: number
}

/** Addresses remembered at a time; the longest quiet ones are forgotten first. */
const maxAddresses = 10_000

/**
 * How often one address may call: a bucket of `burst` calls that fills by `perMinute`. IPv6 addresses
 * count by their /64, since one household has all of it.
 *
 * @returns takes one call: how many seconds to wait, 0 when it may go on
 */
export function createRateLimit(limit: RateLimit, nowMs: () => number): (ip: string) => number {
  const buckets = new Map<string, { readonly calls: number; readonly at: number }>()
  const perMs = limit.perMinute / 60_000

  return (ip) => {
    const key = networkOf(ip)
    const at = nowMs()
    const known = buckets.get(key)
    const calls =
      known === undefined
        ? limit.burst
        : Math.min(limit.burst, known.calls + Math.max(0, at - known.at) * perMs)
    buckets.delete(key)
    buckets.set(key, { calls: calls < 1 ? calls : calls - 1, at })
    const [oldest] = buckets.keys()
    if (buckets.size > maxAddresses && oldest !== undefined) {
      buckets.delete(oldest)
    }

    return calls < 1 ? Math.max(1, Math.ceil((1 - calls) / perMs / 1000)) : 0
  }
}

/** The hook that refuses an address that calls too often. */
export function limitRate(
  limit: RateLimit,
  nowMs: () => number,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const take = createRateLimit(limit, nowMs)

  return async (request, reply) => {
    const seconds = take(request.ip)
    if (seconds > 0) {
      reply.header('retry-after', String(seconds))
      throw new Problem('request.too-many', 'This address asks too often.')
    }
  }
}

function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) {
    return ip
  }
  const [head = '', tail] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length

  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':')
}
