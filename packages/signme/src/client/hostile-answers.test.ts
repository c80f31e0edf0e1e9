import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSignmeError } from '../error.ts'
import { effectOf } from '../operation.ts'
import { type Answer, serve } from '../testing/serve.ts'
import {
  containerSample,
  hello,
  oneFile,
  testSignme,
  testSuffix,
  testUuid,
} from '../testing/test-signme.ts'
import type { Signme } from './create-signme.ts'

const acts: readonly ((signme: Signme) => Promise<unknown>)[] = [
  (signme) => signme.sign(oneFile),
  (signme) => signme.signFiles({ files: [oneFile.file], signer: oneFile.signer }),
  (signme) => signme.status(testSuffix),
  (signme) => signme.groupStatus(testUuid),
  (signme) => signme.reject(testSuffix, { reason: 'reason' }),
  (signme) => signme.rejectGroup(testUuid, { reason: 'reason' }),
  (signme) => signme.check(hello.md5),
  (signme) => signme.container(hello.md5),
  (signme) => signme.createResultPage(hello.md5),
  (signme) => signme.precheck({ signer: oneFile.signer }),
]

/** Answers that are right for some call, which the hostile ones are made from. */
const right: readonly Uint8Array[] = [
  testSuffix,
  `"${testSuffix}"`,
  testUuid,
  'error 6: wrong user phone',
  '{"status":"2","comment":"нет"}',
  '{"result":"already_rejected","date":"01.01.2026"}',
  `{"count":1,"signature_1":{"pkcs64":"${containerSample.toString('base64')}","person":{}}}`,
  '{"phone":{"id":1,"approved":1}}',
  '<html>',
]
  .map((text) => new TextEncoder().encode(text))
  .concat(new Uint8Array(containerSample))

/** One of them, cut, with an octet changed, or something else altogether. */
const octets = fc.oneof(
  fc.constantFrom(...right),
  fc
    .tuple(fc.constantFrom(...right), fc.nat())
    .map(([bytes, at]) => bytes.slice(0, at % (bytes.length + 1))),
  fc
    .tuple(fc.constantFrom(...right), fc.nat(), fc.nat(255))
    .map(([bytes, at, value]) => bytes.with(at % bytes.length, value)),
  fc.json().map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 60 }),
)
const statuses = fc.constantFrom(200, 200, 200, 201, 302, 308, 400, 404, 408, 429, 500, 502)

describe('an answer of any octets under any status', () => {
  it('gives a value or an error of this package, whose class fits the call', async () => {
    let answer: Answer = { status: 200 }
    const server = await serve(() => answer)
    const signme = testSignme(server.url)
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...acts), statuses, octets, async (act, status, body) => {
        answer = { status, body, headers: status < 400 && status > 300 ? { location: '/' } : {} }
        try {
          await act(signme)
          seen.add('value')
          expect([200, 201, 404]).toContain(status)
        } catch (error) {
          if (!isSignmeError(error)) throw error
          seen.add(error.code)
          if (error.code === 'signme.invalid-argument' || !('operation' in error.data)) throw error
          const { operation, retry } = error.data
          // Only what changes something can be in doubt, and a question never is.
          if (retry === 'ambiguous') expect(effectOf[operation]).not.toBe('nothing')
          if (error.code === 'signme.unreadable-answer' || error.code === 'signme.not-found') {
            expect(effectOf[operation]).toBe('nothing')
          }
        }
      }),
      { numRuns: 800 },
    )
    expect([...seen].toSorted()).toEqual([
      'signme.not-found',
      'signme.outcome-unknown',
      'signme.redirected',
      'signme.refused',
      'signme.unavailable',
      'signme.unreadable-answer',
      'value',
    ])
  })
})
