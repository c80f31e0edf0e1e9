import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { median, print } from '../figure.ts'
import { bareChecksOf } from './bare-checks.ts'
import { type BenchPki, makeFolder, writeRoot } from './make-samples.ts'
import { expectCode, type ProcessCost, runMeasured } from './run-measured.ts'

const count = 1000
const pairs = 7
const muhr = join(import.meta.dirname, '../../../apps/cli/bin/muhr.js')

const opensslLoop = `for f in "$1"/*.bin; do
  openssl cms -verify -engine gost -inform DER -in "$f.p7s" -content "$f" -binary \\
    -CAfile "$2" -out /dev/null 2>/dev/null || exit 1
done`

type Round = {
  readonly ours: ProcessCost
  readonly loop: ProcessCost
  readonly engine: ProcessCost
}

/**
 * A folder of 1,000 detached signatures, each by another signer, over 10 KB each: `muhr verify FOLDER`
 * with all cores, process start included, against a loop of \`openssl cms -verify\`, and in CPU time
 * against the same hashes and checks by gost-engine inside one Node.js.
 */
export async function measureFolder(
  pki: BenchPki,
  {
    folder,
    opensslConf,
    engine,
  }: { readonly folder: string; readonly opensslConf: string; readonly engine: string },
): Promise<void> {
  const box = join(folder, 'box')
  const root = join(folder, 'root.pem')
  const names = await makeFolder(pki, { folder: box, count, contentBytes: 10 * 1024 })
  await writeRoot(pki, root)
  const checks = join(folder, 'checks.json')
  await writeChecks(pki, { box, names, file: checks })
  const env = { OPENSSL_CONF: opensslConf }
  const ourRun = () =>
    runMeasured([process.execPath, muhr, 'verify', box, '--trust', root], {
      cwd: folder,
      isNode: true,
    })
  await ourRun()
  const rounds: Round[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    rounds.push({
      ours: expectCode(await ourRun(), 0, 'muhr verify'),
      loop: expectCode(
        await runMeasured(['bash', '-c', opensslLoop, 'bash', box, root], { cwd: folder, env }),
        0,
        'the loop of openssl',
      ),
      engine: expectCode(
        await runMeasured(
          [process.execPath, join(import.meta.dirname, 'engine-checks.ts'), engine, box, checks],
          { cwd: folder },
        ),
        0,
        'gost-engine inside Node.js',
      ),
    })
  }
  print({
    metric: 'pki.folder-1000.wall',
    value: median(rounds.map(({ ours }) => ours.wallMs)),
    unit: 'ms',
    peer: 'loop of openssl cms -verify with gost-engine',
    peerValue: median(rounds.map(({ loop }) => loop.wallMs)),
    ratio: median(rounds.map(({ ours, loop }) => loop.wallMs / ours.wallMs)),
    bar: '>= 15',
  })
  print({
    metric: 'pki.folder-1000.cpu',
    value: median(rounds.map(({ ours }) => ours.cpuMs)),
    unit: 'ms CPU',
    peer: 'the same checks by gost-engine through crypto.setEngine',
    peerValue: median(rounds.map(({ engine: peer }) => peer.cpuMs)),
    ratio: median(rounds.map(({ ours, engine: peer }) => peer.cpuMs / ours.cpuMs)),
    bar: '>= 0.8',
  })
}

async function writeChecks(
  pki: BenchPki,
  {
    box,
    names,
    file,
  }: { readonly box: string; readonly names: readonly string[]; readonly file: string },
): Promise<void> {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const entries = await Promise.all(
    names.map(async (name, index) => {
      const signer = pki.signers[index % pki.signers.length]
      if (signer === undefined) {
        throw new RangeError('the PKI has no signer')
      }
      const container = await readFile(join(box, `${name}.p7s`))

      return {
        name,
        checks: bareChecksOf(container, { pki, signer: signer.certificate }).map(
          ({ data, signatureBytes, spki }) => ({
            data: base64(data),
            signature: base64(signatureBytes),
            spki: base64(spki),
          }),
        ),
      }
    }),
  )
  await writeFile(file, JSON.stringify(entries))
}
