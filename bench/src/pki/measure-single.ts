import { createTrustStore, verifySignature } from '@muhr/pki'
import { median, print } from '../figure.ts'
import { type BareCheck, bareChecksOf, runBareChecks } from './bare-checks.ts'
import { type BenchPki, signDetached } from './make-samples.ts'

type Sample = {
  readonly content: Uint8Array
  readonly container: Uint8Array
  readonly checks: readonly BareCheck[]
}

const contentBytes = 10 * 1024
const sliceMs = 400
const pairs = 9
const warmSigners = 64
const now = new Date('2026-11-01T00:00:00Z')

async function makeSamples(pki: BenchPki): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (const [index, signer] of pki.signers.entries()) {
    const content = new Uint8Array(contentBytes).fill(index % 256)
    new DataView(content.buffer).setUint32(0, index)
    const container = await signDetached(pki, { signer, content })
    samples.push({
      content,
      container,
      checks: bareChecksOf(container, { pki, signer: signer.certificate }),
    })
  }

  return samples
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage()

  return (user + system) / 1000
}

/** CPU time of one operation over samples in turn, until the slice is over. */
async function slice(
  samples: readonly Sample[],
  run: (sample: Sample) => Promise<void> | void,
): Promise<number> {
  const start = cpuMs()
  let done = 0
  while (cpuMs() - start < sliceMs) {
    for (const sample of samples) {
      await run(sample)
    }
    done += samples.length
  }

  return (cpuMs() - start) / done
}

/**
 * One detached CMS of 10 KB, GOST R 34.10-2012 on CryptoPro-A, signer under an authority under a root, in
 * a running process, against the bare hash and signature checks that it needs. CPU time, in turns.
 */
export async function measureSingle(pki: BenchPki): Promise<void> {
  const samples = await makeSamples(pki)
  const trust = createTrustStore([{ certificate: pki.root.certificate, origin: 'explicit' }])
  const verify = async ({ container, content }: Sample) => {
    const { report } = await verifySignature({
      container,
      content,
      trust,
      policy: 'etsi-basic',
      now,
    })
    if (report.indication !== 'TOTAL-PASSED') {
      throw new Error(`a sample is ${report.indication}: nothing was measured`)
    }
  }
  const bare = ({ content, checks }: Sample) => runBareChecks(content, checks)
  const warm = samples.slice(0, warmSigners)
  await slice(warm, verify)
  await slice(warm, bare)

  const unseen = samples.slice(warmSigners)
  const share = Math.floor(unseen.length / pairs)
  const cold: { ours: number; bare: number }[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const part = unseen.slice(pair * share, (pair + 1) * share)
    cold.push({ ours: await once(part, verify), bare: await once(part, bare) })
  }
  report('pki.cms-10k.first-seen-signer', cold)

  const seen: { ours: number; bare: number }[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    seen.push({ ours: await slice(warm, verify), bare: await slice(warm, bare) })
  }
  report('pki.cms-10k.seen-signers-64', seen)
}

async function once(
  samples: readonly Sample[],
  run: (sample: Sample) => Promise<void> | void,
): Promise<number> {
  const start = cpuMs()
  for (const sample of samples) {
    await run(sample)
  }

  return (cpuMs() - start) / samples.length
}

function report(metric: string, pairsMeasured: readonly { ours: number; bare: number }[]): void {
  print({
    metric,
    value: median(pairsMeasured.map(({ ours }) => ours * 1000)),
    unit: 'us CPU',
    peer: 'the bare hash and three signature checks of @muhr/gost',
    peerValue: median(pairsMeasured.map(({ bare }) => bare * 1000)),
    ratio: median(pairsMeasured.map(({ ours, bare }) => bare / ours)),
    bar: '>= 0.8',
  })
}
