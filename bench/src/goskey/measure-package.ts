import { execFileSync } from 'node:child_process'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestAuthority } from '@muhr/signer-key/testing'
import { median, print } from '../figure.ts'
import { writeLargeFile } from '../pki/make-samples.ts'
import { expectCode, type ProcessCost, runMeasured } from '../pki/run-measured.ts'
import type { PackCost } from './pack-ours.ts'

const pairs = 5
const megabyte = 1024 * 1024
const documents = 15
/** The most that a package may hold is 100,000,000 bytes of documents. */
const largeBytes = Math.floor(100_000_000 / documents)
const smallBytes = 10 * 1024
/** GOST R 34.10-2012, 256 bits, parameter set A of TC 26. */
const parameterSet = '1.2.643.7.1.2.1.1.1'
const peerName = 'openssl cms -sign with gost-engine file by file, then zip -0'

type Bench = { readonly folder: string; readonly opensslConf: string }

/**
 * Fifteen documents, signed each and packed, from files to a zip on disk: our process against a shell that
 * calls OpenSSL for each file and packs what it made. What both made is unpacked and verified by OpenSSL.
 */
export async function measurePackage({ folder, opensslConf }: Bench): Promise<void> {
  const names = Array.from(
    { length: documents },
    (_, index) => `document ${String(index + 1).padStart(2, '0')}.pdf`,
  )
  for (const [name, bytes] of [
    ['small', smallBytes],
    ['large', largeBytes],
  ] as const) {
    await mkdir(join(folder, name))
    for (const file of names) {
      await writePdf(join(folder, name, file), bytes)
    }
  }
  await writeKeys(folder)
  const peer = () => runPeer(folder, { names, opensslConf })
  await runOurs(folder, ['large'])
  await peer()
  // Twice: the first makes the bundle, the second what Node.js keeps of it compiled.
  await runCommand(folder, names)
  await runCommand(folder, names)
  const rounds: Round[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const idle = await runOurs(folder, ['small', 'small'])
    const started = await runOurs(folder, ['small', 'large'])
    await expectPackage(join(folder, 'ours.zip'), { folder, names, opensslConf })
    const command = await runCommand(folder, names)
    const theirs = await peer()
    await expectPackage(join(folder, 'ours.zip'), { folder, names, opensslConf })
    await expectPackage(join(folder, 'peer.zip'), { folder, names, opensslConf })
    rounds.push({
      running: costsOf(started)[1] ?? fail(),
      command,
      peer: theirs,
      grownBytes: (started.maxRssBytes ?? Number.NaN) - (idle.maxRssBytes ?? Number.NaN),
    })
  }
  report(rounds)
}

type Round = {
  /** In a process that has packed something small before, as a server has. */
  readonly running: PackCost
  /** `muhr epgu package`: a whole process with its start, rules and the schema of req.xml checked, flushed to disk. */
  readonly command: ProcessCost
  readonly peer: ProcessCost
  readonly grownBytes: number
}

function costsOf({ stdout }: ProcessCost): readonly PackCost[] {
  // Written by pack-ours.ts, a line for each folder.
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PackCost)
}

function fail(): never {
  throw new Error('our process did not tell what it took: nothing was measured')
}

async function writeKeys(folder: string): Promise<void> {
  const authority = await createTestAuthority()
  const own = await authority.issue({ parameterSet })
  await writeFile(join(folder, 'key.pem'), own.keyPem + own.certificatePem)
  const pem = Buffer.from(authority.certificate).toString('base64')
  await writeFile(
    join(folder, 'authority.pem'),
    `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
  )
}

async function runOurs(folder: string, names: readonly string[]): Promise<ProcessCost> {
  const zip = join(folder, 'ours.zip')
  await rm(zip, { force: true })
  const script = join(import.meta.dirname, 'pack-ours.ts')
  const folders = names.map((name) => join(folder, name))

  return expectCode(
    await runMeasured([process.execPath, script, join(folder, 'key.pem'), zip, ...folders], {
      cwd: folder,
      isNode: true,
    }),
    0,
    'our package',
  )
}

/** A file that begins as a PDF does, which is looked at. */
async function writePdf(path: string, bytes: number): Promise<void> {
  await writeLargeFile(path, bytes)
  const file = await open(path, 'r+')
  try {
    await file.write('%PDF-1.7\n', 0)
  } finally {
    await file.close()
  }
}

/** The command as users call it, over the req.xml that our last package has. */
async function runCommand(folder: string, names: readonly string[]): Promise<ProcessCost> {
  const zip = join(folder, 'ours.zip')
  execFileSync('unzip', ['-q', '-o', '-j', zip, 'req.xml', '-d', folder])
  await rm(zip)
  const program = join(import.meta.dirname, '../../../apps/cli/bin/muhr.js')
  const files = ['req.xml', ...names.map((name) => join('large', name))]

  return expectCode(
    await runMeasured(
      [
        ...[process.execPath, program, 'epgu', 'package', ...files],
        ...['--key', 'key.pem', '--out', zip],
      ],
      { cwd: folder, isNode: true },
    ),
    0,
    'muhr epgu package',
  )
}

/** The same files, and the req.xml that our last package has. */
async function runPeer(
  folder: string,
  { names, opensslConf }: { readonly names: readonly string[]; readonly opensslConf: string },
): Promise<ProcessCost> {
  const work = join(folder, 'peer')
  await rm(work, { recursive: true, force: true })
  await rm(join(folder, 'peer.zip'), { force: true })
  await mkdir(work)
  execFileSync('unzip', ['-q', '-j', join(folder, 'ours.zip'), 'req.xml', '-d', work])
  for (const name of names) {
    execFileSync('ln', [join(folder, 'large', name), join(work, name)])
  }
  const script = [
    'for file in req.xml *.pdf; do',
    'openssl cms -sign -engine gost -signer ../key.pem -inkey ../key.pem -md md_gost12_256',
    '-binary -cades -outform DER -in "$file" -out "$file.sig" || exit 1; done;',
    'zip -0 -q -X ../peer.zip req.xml req.xml.sig *.pdf *.pdf.sig',
  ].join(' ')

  return expectCode(
    await runMeasured(['sh', '-c', script], { cwd: work, env: { OPENSSL_CONF: opensslConf } }),
    0,
    peerName,
  )
}

/** Unpacks a package: each document as it was, and OpenSSL accepts each signature over it. */
async function expectPackage(
  zip: string,
  bench: Bench & { readonly names: readonly string[] },
): Promise<void> {
  const { folder, names, opensslConf } = bench
  const out = join(folder, 'unpacked')
  await rm(out, { recursive: true, force: true })
  execFileSync('unzip', ['-q', '-j', zip, '-d', out])
  const env = { ...process.env, OPENSSL_CONF: opensslConf }
  for (const name of ['req.xml', ...names]) {
    if (name !== 'req.xml') {
      execFileSync('cmp', [join(folder, 'large', name), join(out, name)])
    }
    execFileSync(
      'openssl',
      [
        ...['cms', '-verify', '-engine', 'gost', '-inform', 'DER', '-binary', '-purpose', 'any'],
        ...['-in', join(out, `${name}.sig`), '-content', join(out, name)],
        ...['-CAfile', join(folder, 'authority.pem'), '-out', '/dev/null'],
      ],
      { env, stdio: 'ignore' },
    )
  }
  const count = execFileSync('unzip', ['-Z1', zip], { encoding: 'utf8' }).trim().split('\n').length
  const expected = 2 * (names.length + 1)
  if (count !== expected || (await readFile(join(out, 'req.xml'))).length === 0) {
    throw new Error(`${zip} holds ${count} files, not ${expected}: nothing was measured`)
  }
}

function report(rounds: readonly Round[]): void {
  const compare = (
    metric: string,
    of: (round: Round) => { readonly ours: number; readonly peer: number },
    rest: { readonly unit: string; readonly bar?: string },
  ) => {
    const values = rounds.map(of)
    const ratios = values.map(({ ours, peer }) => peer / ours)
    print({
      metric,
      value: median(values.map(({ ours }) => ours)),
      peer: peerName,
      peerValue: median(values.map(({ peer }) => peer)),
      ratio: median(ratios),
      ratioMin: Math.min(...ratios),
      ratioMax: Math.max(...ratios),
      ...rest,
    })
  }
  const metric = 'goskey.package-100mb'
  compare(
    `${metric}.running-process.wall`,
    ({ running, peer }) => ({ ours: running.wallMs, peer: peer.wallMs }),
    { unit: 'ms', bar: '> 1' },
  )
  compare(
    `${metric}.running-process.cpu`,
    ({ running, peer }) => ({ ours: running.cpuMs, peer: peer.cpuMs }),
    { unit: 'ms CPU', bar: '> 1' },
  )
  compare(
    `${metric}.muhr-epgu-package.wall`,
    ({ command, peer }) => ({ ours: command.wallMs, peer: peer.wallMs }),
    { unit: 'ms', bar: '> 1' },
  )
  compare(
    `${metric}.muhr-epgu-package.cpu`,
    ({ command, peer }) => ({ ours: command.cpuMs, peer: peer.cpuMs }),
    { unit: 'ms CPU', bar: '> 1' },
  )
  print({
    metric: `${metric}.memory-growth`,
    value: median(rounds.map(({ grownBytes }) => grownBytes / megabyte)),
    unit: 'MB',
    bar: '<= 128',
  })
}
