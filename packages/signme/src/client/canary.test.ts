import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { caught, everythingIn } from '../testing/caught.ts'
import { type Reply, serve } from '../testing/serve.ts'
import { testSignme } from '../testing/test-signme.ts'
import type { SignmeExchange } from './context.ts'
import type { Signme } from './create-signme.ts'
import { md5Of } from './files.ts'

/** What must be in no error, no event and no stack. */
const canaries = {
  key: 'CANARY-key.$1',
  suffix: '987654/0badcafe0badcafe0badcafe0badcafe',
  rid: '987654',
  uuid: 'deadbeef-4f2d-11e6-bda2-18a9055c0762',
  phone: '+79161234567',
  phoneDigits: '9161234567',
  email: 'canary.signer@example.test',
  snils: '00000000101',
  inn: '7707083893',
  token: 'CanaryTokenOfTheReturnAddress0123456789',
  fileName: 'canary-contract.pdf',
  content: 'canary content of the document',
  reason: 'canary reason of the rejection',
}
const bytes = new TextEncoder().encode(canaries.content)
const md5 = md5Of(bytes)
const everyCanary = [
  ...Object.values(canaries),
  md5,
  md5.toUpperCase(),
  Buffer.from(bytes).toString('base64'),
  encodeURIComponent(canaries.suffix),
]

const request = {
  signer: { phone: canaries.phone, email: canaries.email, snils: canaries.snils },
  company: { inn: canaries.inn },
  returnTo: { kind: 'push' as const, url: `https://gw.example.test/cb/signme/${canaries.token}` },
}
const file = { name: canaries.fileName, bytes }
const { suffix, uuid, reason } = canaries
const acts: Readonly<Record<string, (signme: Signme) => Promise<unknown>>> = {
  sign: (signme) => signme.sign({ ...request, file }),
  signFiles: (signme) => signme.signFiles({ ...request, files: [file] }),
  status: (signme) => signme.status(suffix),
  groupStatus: (signme) => signme.groupStatus(uuid),
  reject: (signme) => signme.reject(suffix, { reason }),
  rejectGroup: (signme) => signme.rejectGroup(uuid, { reason }),
  check: (signme) => signme.check(md5, { file: bytes }),
  container: (signme) => signme.container(md5),
  containerOfRequest: (signme) => signme.containerOfRequest({ md5, suffix }),
  createResultPage: (signme) => signme.createResultPage(md5),
  createGroupResultPage: (signme) => signme.createGroupResultPage([{ md5, name: file.name }]),
  precheck: (signme) => signme.precheck({ signer: request.signer, company: request.company }),
}

/** Words of people, which look like any other: absent where the call knows them. */
const words: Readonly<Record<string, readonly string[]>> = {
  [canaries.content]: [],
  [canaries.fileName]: ['sign', 'signFiles', 'createGroupResultPage'],
  [canaries.reason]: ['reject', 'rejectGroup'],
}
const canariesOf = (act: string) =>
  everyCanary.filter((canary) => words[canary] === undefined || words[canary].includes(act))

/** Everything that the service could say back, in one text. */
const echo = everyCanary.join(' ')
const replies: Readonly<Record<string, Reply>> = {
  'error N with everything echoed': () => ({ status: 200, body: `error 3: ${echo}` }),
  'error 6 with everything echoed': () => ({ status: 400, body: `error 6: ${echo}` }),
  'a refusal by HTTP': () => ({ status: 403, body: echo }),
  'a page': () => ({ status: 200, body: `<html>${echo}</html>` }),
  'a broken gateway': () => ({ status: 502, body: `<html>${echo}</html>` }),
  'a text that is none': () => ({ status: 200, body: `x ${echo}` }),
  'JSON that is none': () => ({ status: 200, body: `{"status":"${echo}` }),
  'a word of a rejection': () => ({
    status: 200,
    body: { result: echo, status: echo, count: echo },
  }),
  'a redirect': () => ({ status: 302, headers: { location: `/${encodeURIComponent(echo)}` } }),
  'a closed connection': (_, { request: { socket } }) => {
    socket.destroy()

    return undefined
  },
}

describe('nothing secret is in an error', () => {
  it.each(Object.keys(replies))('when the service answers with %s', async (name) => {
    const reply = replies[name]
    if (reply === undefined) throw new TypeError(name)
    const events: SignmeExchange[] = []
    const server = await serve(reply)
    const signme = testSignme(server.url, {
      key: canaries.key,
      onExchange: (event) => events.push(event),
    })
    let refused = 0
    for (const [act, make] of Object.entries(acts)) {
      // What cannot be refused by this answer is given back, and is the caller's.
      const outcome = await make(signme).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (outcome === undefined) continue
      refused += 1
      const error = await caught(Promise.reject(outcome))
      const text = everythingIn(error)
      for (const canary of canariesOf(act)) {
        expect(text.includes(canary), `${act}: ${canary} in ${text}`).toBe(false)
      }
    }
    expect(refused).toBeGreaterThanOrEqual(Object.keys(acts).length - 1)
    const told = inspect(events, { depth: 10 })
    expect(events.length).toBeGreaterThanOrEqual(refused)
    for (const canary of everyCanary) expect(told).not.toContain(canary)
  })

  it('when nobody listens, or an argument is refused', async () => {
    const signme = testSignme('http://127.0.0.1:1', { key: canaries.key })
    const wrong: readonly (() => Promise<unknown>)[] = [
      ...Object.values(acts).map((act) => () => act(signme)),
      () => signme.status(`${suffix}/..`),
      () => signme.groupStatus(`${uuid}0`),
      () => signme.check(`${md5}0`),
      () => signme.sign({ ...request, file, signer: { phone: `${canaries.phone}x` } }),
      () => signme.sign({ ...request, file, signer: { email: `${canaries.email} x` } }),
      () => signme.sign({ ...request, file, signer: { snils: `${canaries.snils}1` } }),
      () => signme.sign({ ...request, file, company: { inn: `${canaries.inn}1` } }),
      () =>
        signme.sign({
          ...request,
          file,
          returnTo: { kind: 'push', url: `${request.returnTo.url}#${canaries.token}` },
        }),
    ]
    for (const act of wrong) {
      const text = everythingIn(await caught(act()))
      for (const canary of everyCanary) expect(text).not.toContain(canary)
    }
  })

  it('the canaries do leave in requests: the test looks for the right things', async () => {
    const server = await serve(() => ({ status: 200, body: 'error 1: no file' }))
    const signme = testSignme(server.url, { key: canaries.key })
    await caught(signme.sign({ ...request, file }))
    const sent = decodeURIComponent(server.arrived[0]?.body.toString('latin1') ?? '')
    for (const canary of [canaries.key, canaries.phone, canaries.email, canaries.token, md5]) {
      expect(sent).toContain(canary)
    }
  })
})
