import { systemIo } from '@muhr/http'
import type { SignmeOptions } from '../client/context.ts'
import { createSignme } from '../client/create-signme.ts'

export const testNow = new Date('2026-03-02T09:00:00.000Z')
export const testKey = 'TESTKEY'
/** The parser samples of spec §12. */
export const testSuffix = '320186/df7977a1763a0a056a670913d96b9904'
export const testUuid = 'f7dd68da-4f2d-11e6-bda2-18a9055c0762'

/** "Hello" and octets that force `+` and `/` (spec §12). */
export const hello = {
  bytes: new TextEncoder().encode('Hello'),
  md5: '8b1a9953c4611296a827abf8c47804d7',
}
export const plusAndSlash = {
  bytes: Uint8Array.of(0xfb, 0xff, 0xbf, 0x3e),
  md5: 'cf5d15ad4abf7de57bc2ec33f7e08d3b',
}

/** As a container looks from outside: a SEQUENCE of the right length. */
export const containerSample = Buffer.from('3082010030030201ff'.padEnd(2 * 260, '0'), 'hex')

/** A client at that address whose clock stands. Its network is real. */
export function testSignme(baseUrl: string, changes: Partial<SignmeOptions> = {}) {
  return createSignme({
    baseUrl,
    key: testKey,
    io: systemIo({ now: () => testNow }),
    ...changes,
  })
}

/** A request for one file, with what differs. */
export const oneFile = {
  file: { name: 'договор.pdf', bytes: plusAndSlash.bytes },
  signer: { phone: '+7 (999) 000-00-01' },
}

/** JSON of a form field, as another reader of forms sees it. */
export function fieldOf(body: Buffer, name: string): Record<string, unknown> {
  return JSON.parse(new URLSearchParams(body.toString('latin1')).get(name) ?? 'null')
}
