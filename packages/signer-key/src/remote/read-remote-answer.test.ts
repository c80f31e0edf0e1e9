import { expect, it } from 'vitest'
import { readRemoteAnswer } from './read-remote-answer.ts'

const codeOf = (status: number, body: string) =>
  readRemoteAnswer(new Response(body, { status })).catch(
    (error: { readonly code?: string }) => error.code ?? error,
  )

it.each([
  [400, 'wrong-pin', 'signer-key.wrong-pin'],
  [403, 'pin-blocked', 'signer-key.pin-blocked'],
  [401, 'key-not-found', 'signer-key.key-not-found'],
  [401, 'another', 'signer-key.service-denied'],
  [500, 'another', 'signer-key.service-refused'],
  // Names that every object has are no codes.
  [400, 'constructor', 'signer-key.service-refused'],
  [403, '__proto__', 'signer-key.service-denied'],
])('a refusal with %i and the code %s is %s', async (status, code, expected) => {
  expect(await codeOf(status, JSON.stringify({ code }))).toBe(expected)
})

it('a refusal that says nothing is told by its status', async () => {
  expect(await codeOf(403, '')).toBe('signer-key.service-denied')
  expect(await codeOf(503, '<html>')).toBe('signer-key.service-refused')
})
