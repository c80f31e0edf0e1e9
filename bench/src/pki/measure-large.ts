import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { median, print } from '../figure.ts'
import { type BenchPki, signDetached, writeLargeFile, writeRoot } from './make-samples.ts'
import { expectCode, runMeasured } from './run-measured.ts'

const megabyte = 1024 * 1024
const largeBytes = 100 * megabyte
const pairs = 7
const muhr = join(import.meta.dirname, '../../../apps/cli/bin/muhr.js')

/**
 * A detached signature over 100 MB: `muhr verify` against `openssl cms -verify`, CPU time of whole
 * processes, and how much more memory it takes than the same over 10 KB. Then the start: one small file,
 * warm, in all.
 */
export async function measureLarge(
  pki: BenchPki,
  { folder, opensslConf }: { readonly folder: string; readonly opensslConf: string },
): Promise<void> {
  const [signer] = pki.signers
  if (signer === undefined) {
    throw new RangeError('the PKI has no signer')
  }
  const root = join(folder, 'root.pem')
  await writeRoot(pki, root)
  for (const [name, bytes] of [
    ['small.bin', 10 * 1024],
    ['large.bin', largeBytes],
  ] as const) {
    const file = join(folder, name)
    await writeLargeFile(file, bytes)
    const content = new Uint8Array(await (await openAsBlob(file)).arrayBuffer())
    await writeFile(`${file}.p7s`, await signDetached(pki, { signer, content }))
  }
  const ours = async (name: string) =>
    expectCode(
      await runMeasured(
        [process.execPath, muhr, 'verify', `${name}.p7s`, '--content', name, '--trust', root],
        { cwd: folder, isNode: true },
      ),
      0,
      'muhr verify',
    )
  const openssl = async (name: string) =>
    expectCode(
      await runMeasured(
        [
          ...['openssl', 'cms', '-verify', '-engine', 'gost', '-inform', 'DER'],
          ...['-in', `${name}.p7s`, '-content', name, '-binary'],
          ...['-CAfile', root, '-out', '/dev/null'],
        ],
        { cwd: folder, env: { OPENSSL_CONF: opensslConf } },
      ),
      0,
      'openssl cms -verify',
    )
  await ours('small.bin')
  const rounds = []
  for (let pair = 0; pair < pairs; pair += 1) {
    rounds.push({
      small: await ours('small.bin'),
      large: await ours('large.bin'),
      peer: await openssl('large.bin'),
    })
  }
  print({
    metric: 'pki.cms-100mb.cpu',
    value: median(rounds.map(({ large }) => large.cpuMs)),
    unit: 'ms CPU',
    peer: 'openssl cms -verify with gost-engine',
    peerValue: median(rounds.map(({ peer }) => peer.cpuMs)),
    ratio: median(rounds.map(({ large, peer }) => peer.cpuMs / large.cpuMs)),
    bar: '>= 0.70',
  })
  print({
    metric: 'pki.cms-100mb.memory-growth',
    value: median(
      rounds.map(
        ({ small, large }) =>
          ((large.maxRssBytes ?? Number.NaN) - (small.maxRssBytes ?? 0)) / megabyte,
      ),
    ),
    unit: 'MB',
    bar: '<= 64',
  })
  print({
    metric: 'pki.verify-small-file.warm',
    value: median(rounds.map(({ small }) => small.wallMs)),
    unit: 'ms',
    bar: '<= 250',
  })
}
