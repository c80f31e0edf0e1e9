import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runVerify } from '../verify/run-verify.ts'
import { runSignme } from './run-signme.ts'
import { controlNameOf, startSignme, type TestSignme } from './testing.ts'

const world = createCommandWorld(new Date())
let signme: TestSignme
let count = 0

beforeAll(async () => {
  signme = await startSignme(world.folder)
  world.write('key', 'TESTKEY\n')
})
afterEach(() => signme.control('faults', 'DELETE'))
afterAll(async () => {
  await signme?.sandbox.stop()
  world.remove()
})

const anna = ['--phone', '+79990000001']
const run = (
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>
    readonly stdin?: string
    readonly answers?: readonly string[]
  } = {},
) =>
  world.run(runSignme, args, {
    now: new Date(),
    env: { MUHR_SIGNME_URL: signme.url, MUHR_SIGNME_KEY: 'TESTKEY', ...options.env },
    ...(options.stdin === undefined ? {} : { stdin: Buffer.from(options.stdin) }),
    ...(options.answers === undefined ? {} : { answers: options.answers }),
  })
/** A file of other octets each time. */
const fresh = (): string => world.write(`contract-${++count}.pdf`, `%PDF-1.4 TEST ${count}\n`)
const sent = async (...files: readonly string[]): Promise<string> => {
  const done = await run(['sign', ...files, ...anna])
  expect(done.code, done.stderr).toBe(0)

  return done.stdout.trim()
}
const act = (handle: string, action: string, body: object = {}) =>
  signme.control(`requests/${controlNameOf(handle)}/${action}`, 'POST', body)

describe('muhr signme against the sandbox', () => {
  it('sends a file, sees it signed, keeps the container, and muhr verify says what it is worth', async () => {
    const file = fresh()
    const done = await run(['sign', file, ...anna, '--no-email', '--sms', '--notify'])
    const handle = done.stdout.trim()
    expect(done.stderr).toContain(`${signme.url}/signapi/sjson/${handle}`)
    expect((await run(['status', handle])).stdout).toBe('not-signed\n')
    expect(await run(['check', file])).toMatchObject({ code: 1, stdout: '' })
    expect((await run(['container', file, '--out', 'early.p7s'])).code).toBe(1)

    await act(handle, 'sign', { user: 'anna' })
    const status = await run(['status', '-', '--json'], { stdin: `${handle}\n` })
    expect(JSON.parse(status.stdout)).toMatchObject({ status: 1, state: 'signed', isFinal: true })
    const container = await run(['container', file, '--out', 'signed.p7s'])
    expect(container.code, container.stderr).toBe(0)
    const verified = await world.run(
      runVerify,
      [
        'signed.p7s',
        ...['--content', file, '--policy', 'etsi-basic', '--json'],
        ...['--trust', signme.sandbox.ready.caFile],
      ],
      { now: new Date() },
    )
    expect(JSON.parse(verified.stdout)).toMatchObject({ signatures: [{ cryptography: 'valid' }] })
    expect((await run(['container', file, '--out', 'signed.p7s'])).code).toBe(65)
  })

  it('tells who signed, with a container for each', async () => {
    const file = fresh()
    const handle = await sent(file)
    await act(handle, 'sign', { user: 'anna' })
    const told = await run(['check', file, '--out', 'found'])
    expect(told.code).toBe(0)
    expect(told.stdout).toMatch(
      /^1 {2}\S+ .* certificate valid {2}found\/contract-\d+\.pdf\.1\.p7s\n$/,
    )
    expect(readFileSync(join(world.folder, 'found', `${file}.1.p7s`))[0]).toBe(0x30)
    const md5 = createHash('md5')
      .update(readFileSync(join(world.folder, file)))
      .digest('hex')
    const json = JSON.parse((await run(['check', '--md5', md5, '--json'])).stdout)
    expect(json).toMatchObject({
      signatures: [{ number: 1, certificateStatus: 'valid', company: null, file: null }],
    })
    expect(json.signatures[0].person.phone).toContain('9990000001')
  })

  it('sends several files as one, and takes them back; a second time is as good', async () => {
    const handle = await sent(fresh(), fresh())
    expect(handle).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const first = await run(['reject', handle, '--reason', 'Договор заменён', '--json'])
    expect(JSON.parse(first.stdout)).toMatchObject({
      wasRejectedBefore: false,
      reason: 'Договор заменён',
      state: 'rejected',
    })
    const second = await run(['reject', handle, '--reason', 'ещё раз', '--json'])
    expect(JSON.parse(second.stdout)).toMatchObject({
      wasRejectedBefore: true,
      reason: 'Договор заменён',
    })
    expect((await run(['status', handle])).stdout).toContain('rejected  Договор заменён')
  })

  it('a rejection of what is signed is no rejection', async () => {
    const handle = await sent(fresh())
    await act(handle, 'sign', { user: 'anna' })
    const done = await run(['reject', handle, '--reason', 'поздно', '--json'])
    expect(done.code).toBe(1)
    expect(JSON.parse(done.stdout).error).toMatchObject({ refusal: 'wrong_source_or_id' })
  })

  it('a signer may stand in a file, a key in a file or be asked for: neither is on the command line', async () => {
    world.write('signer.json', '{"email": "anna@signme.example"}')
    const args = ['sign', fresh(), '--signer', 'signer.json']
    const env = { MUHR_SIGNME_KEY: '' }
    expect((await run([...args, '--key-file', 'key'], { env })).code).toBe(0)
    expect((await run(args, { env })).code).toBe(64)
    expect((await run([...args, '--key', 'TESTKEY'], { env })).code).toBe(64)
    const asked = await world.run(runSignme, args, {
      env: { MUHR_SIGNME_URL: signme.url },
      answers: ['TESTKEY'],
    })
    expect(asked.code, asked.stderr).toBe(0)
    expect(asked.questions).toEqual(['Access key: '])
    world.write('signer.json', '{"phone": 79990000001}')
    expect((await run(args)).code).toBe(65)
  })

  it('status, check and container need no key', async () => {
    const file = fresh()
    const handle = await sent(file)
    const env = { MUHR_SIGNME_KEY: '' }
    expect((await run(['status', handle], { env })).code).toBe(0)
    expect((await run(['check', file], { env })).code).toBe(1)
    expect((await run(['container', file, '--out', 'none.p7s'], { env })).code).toBe(1)
  })

  it('refusals by name: exit 1, what was wrong and what to do', async () => {
    const file = fresh()
    const unknown = await run(['sign', file, '--phone', '+79991112233', '--json'])
    expect(unknown.code).toBe(1)
    expect(JSON.parse(unknown.stdout).error).toMatchObject({
      code: 'signme.refused',
      refusal: 'wrong-user-phone',
      neutral: 'provider_signer_unknown',
      retry: 'final',
    })
    expect(unknown.stderr + unknown.stdout).not.toContain('9991112233')
    const key = await run(['sign', file, ...anna, '--json'], {
      env: { MUHR_SIGNME_KEY: 'FOREIGN' },
    })
    expect(JSON.parse(key.stdout).error).toMatchObject({
      refusal: 'get-api-key',
      neutral: 'provider_auth',
    })
    expect(key.stderr + key.stdout).not.toContain('FOREIGN')
  })

  it('a refusal that is not described is told in the words of the service, without secrets', async () => {
    await signme.control('faults', 'PUT', {
      faults: [
        { on: 'sign', fault: 'text', text: 'error 6: limit reached for +79990000001', times: 2 },
      ],
      outcomes: [],
    })
    const file = fresh()
    expect((await run(['sign', file, ...anna])).stderr).toMatch(/\nIt said: limit reached for …\n/)
    const json = await run(['sign', file, ...anna, '--json'])
    expect(JSON.parse(json.stdout).error).toMatchObject({
      refusal: 'unexplained',
      said: 'limit reached for …',
    })
  })

  it('an answer that is lost is exit 2, and the request may be there', async () => {
    await signme.control('faults', 'PUT', {
      faults: [{ on: 'sign', fault: 'drop-after-body', isDone: true }],
      outcomes: [],
    })
    const lost = await run(['sign', fresh(), ...anna, '--json'])
    expect(lost.code).toBe(2)
    expect(JSON.parse(lost.stdout).error).toMatchObject({
      code: 'signme.outcome-unknown',
      retry: 'ambiguous',
    })
  })

  it('what cannot be reached is exit 65, a wrong command line 64', async () => {
    const file = fresh()
    const gone = await run(['sign', file, ...anna, '--signme', 'http://127.0.0.1:1'])
    expect(gone.code).toBe(65)
    expect(gone.stderr).toContain('127.0.0.1:1')
    for (const args of [
      [],
      ['fly'],
      ['sign'],
      ['sign', file],
      ['sign', file, '--phone', '1'],
      ['sign', file, ...anna, '--return', 'https://a.test/', '--push', 'https://a.test/'],
      ['sign', file, ...anna, '--push', 'https://a.test/#b'],
      ['sign', file, ...anna, '--wire', 'smoke'],
      ['sign', file, ...anna, '--proxy', 'socks5://a'],
      ['status'],
      ['status', 'x/y'],
      ['reject', '1/a'],
      ['check', file, '--md5', 'a'],
      ['container', file],
      ['container', '--md5', 'B87F869D15B0FDC4C92A414FFBF5EA7', '--out', 'x'],
    ]) {
      expect((await run(args)).code, args.join(' ')).toBe(64)
    }
    expect((await run(['status', '1/a'], { env: { MUHR_SIGNME_URL: '' } })).code).toBe(64)
  })

  it('over https a host is called with its authority alone', async () => {
    const { tls, caFile } = signme.sandbox.ready
    const env = { MUHR_SIGNME_URL: tls.url }
    const file = fresh()
    const refused = await run(['check', file], { env })
    expect(refused).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('cannot be reached'),
    })
    const called = await run(['check', file, '--ca', caFile], { env })
    // The host is reached; which simulator answers there is chosen by its name.
    expect(called.stderr).not.toContain('cannot be reached')
    expect((await run(['check', file, '--ca', file], { env })).code).toBe(65)
  })
})
