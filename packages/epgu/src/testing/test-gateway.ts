import type { EsiaToken } from '../esia/token.ts'
import type { TokenSource } from '../esia/token-source.ts'
import type { GatewayOptions } from '../gateway/context.ts'
import { createGateway } from '../gateway/create-gateway.ts'
import type { OrderMeta } from '../gateway/meta.ts'
import { testIo } from './test-io.ts'

export const testMeta: OrderMeta = {
  region: '45000000000',
  serviceCode: '10000000374',
  targetCode: '-10000000374',
}

/** Tokens `token-1`, `token-2`, …: another for each that was refused. */
export function testTokens(): TokenSource & { readonly renewals: () => number } {
  const make = (count: number): EsiaToken => ({
    value: `token-${count}`,
    expiresAt: new Date('2049-01-01T00:00:00Z'),
    claims: undefined,
  })
  let current = make(1)
  let renewals = 0

  return {
    get: async () => current,
    renew: async (refused) => {
      if (current.value === refused.value) {
        renewals += 1
        current = make(renewals + 1)
      }

      return current
    },
    renewals: () => renewals,
  }
}

/** A gateway at that address with a standing clock and tokens of its own. */
export function testGateway(baseUrl: string, changes: Partial<GatewayOptions> = {}) {
  return createGateway({ baseUrl, tokens: testTokens(), io: testIo(), ...changes })
}

/** A multipart body as another reader of the format sees it. */
export async function readMultipart(request: {
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
}): Promise<FormData> {
  const type = String(request.headers['content-type'])

  return new Response(new Uint8Array(request.body), {
    headers: { 'content-type': type },
  }).formData()
}

/** A package whose octets follow from their place, without being anywhere. */
export function patternSource(size: number) {
  const block = Uint8Array.from({ length: 65_536 }, (_, at) => (at * 31) % 251)
  let reads = 0

  return {
    size,
    reads: () => reads,
    async *slice(start: number, end: number) {
      reads += 1
      for (let at = start; at < end; ) {
        const offset = at % block.length
        const length = Math.min(block.length - offset, end - at)
        yield block.slice(offset, offset + length)
        at += length
      }
    },
  }
}
