import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPki, type TestPki } from '../pki/test-pki.ts'
import { answerTsp } from '../trust/answer-tsp.ts'

export const testRandom = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/** A PKI in a folder of its own, made now and removed by `remove`. */
export async function makeTestPki(
  now: () => Date = () => new Date(),
): Promise<{ pki: TestPki; dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'muhr-sandbox-'))
  const pki = await openPki({
    dir,
    trustUrl: 'http://127.0.0.1:8104',
    now,
    random: testRandom,
    log: () => undefined,
  })

  return { pki, dir, remove: () => rm(dir, { recursive: true, force: true }) }
}

/** The TSA of a PKI without HTTP. */
export function tsaOf(pki: TestPki, now: () => Date = () => new Date()) {
  return async (request: Uint8Array): Promise<Uint8Array> =>
    (await answerTsp(request, { pki, now: now(), fault: 'none', random: testRandom })).response
}
