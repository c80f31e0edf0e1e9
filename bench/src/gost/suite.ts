import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print } from '../figure.ts'
import { buildPeer, NoPeerError, pinnedCore } from './build-peer.ts'
import { type Comparison, compareSides } from './compare.ts'
import { measureModules } from './measure-modules.ts'
import { type Bar, CURVE_ROWS, type CurveRow, HASH_ROWS, type HashRow } from './rows.ts'
import { type Side, startSide } from './side.ts'
import { BATCH, KEYS, MESSAGE_BYTES, MESSAGES } from './work.ts'

type Sides = { readonly us: Side; readonly them: Side }

/**
 * `npm run bench -- gost [PART OF A NAME…]`: the primitives against gost-engine in process, both pinned
 * to one core. Each row is checked in the same run: digests are equal, each side verifies what the
 * other signed and refuses what was altered.
 * @returns the exit code: 0; 1 when a median is below its floor; 69 when the peer is missing.
 */
export async function runGostSuite(names: readonly string[]): Promise<number> {
  const isWanted = (name: string): boolean =>
    names.length === 0 || names.some((part) => name.toLowerCase().includes(part.toLowerCase()))
  const folder = await mkdtemp(join(tmpdir(), 'muhr-bench-'))
  const missed: string[] = []
  try {
    const peer = buildPeer(folder)
    const core = pinnedCore()
    const us = startSide(core, [process.execPath, join(import.meta.dirname, 'our-side.ts')])
    const them = startSide(core, [peer])
    const sides = { us, them }
    process.stderr.write(`Backend: ${(await us.ask('backend'))[0]}; both sides on core ${core}.\n`)
    for (const row of HASH_ROWS.filter(({ name }) => isWanted(name))) {
      missed.push(...(await measureHash(sides, row)))
    }
    for (const row of CURVE_ROWS.filter(({ name }) => isWanted(name))) {
      missed.push(...(await measureCurve(sides, row)))
    }
    await us.close()
    await them.close()
    if (isWanted('module')) missed.push(...(await measureModules()))
  } catch (error) {
    if (!(error instanceof NoPeerError)) throw error
    process.stderr.write(`${error.message}\n`)

    return 69
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  for (const name of missed) process.stderr.write(`Below the floor: ${name}\n`)

  return missed.length === 0 ? 0 : 1
}

/** Prints one comparison; gives its name when it is below the floor. */
function report(
  metric: string,
  unit: string,
  comparison: Comparison,
  { bar, scale = 1 }: { readonly bar: Bar; readonly scale?: number },
): readonly string[] {
  print({
    metric,
    value: comparison.ours * scale,
    unit,
    peer: 'gost-engine in process',
    peerValue: comparison.theirs * scale,
    ratio: comparison.ratio,
    ratioMin: comparison.ratioMin,
    ratioMax: comparison.ratioMax,
    bar: `ratio ≥ ${bar.floor}, aim ${bar.aim}`,
  })

  return comparison.ratio < bar.floor ? [metric] : []
}

async function measureHash({ us, them }: Sides, row: HashRow): Promise<readonly string[]> {
  for (let message = 0; message < MESSAGES; message++) {
    const [ours] = await us.ask(`hash ${row.ours} ${message}`)
    const [theirs] = await them.ask(`hash ${row.theirs} ${message}`)
    if (ours !== theirs) throw new Error(`${row.name}: the digests of message ${message} differ`)
  }
  const comparison = await compareSides(
    { side: us, op: `hash:${row.ours}` },
    { side: them, op: `hash:${row.theirs}` },
  )

  return report(row.name, 'MB/s', comparison, { bar: row.bar, scale: MESSAGE_BYTES / 1e6 })
}

async function measureCurve(sides: Sides, row: CurveRow): Promise<readonly string[]> {
  await exchangeKeys(sides, row)
  const missed: string[] = []
  for (const [op, theirs, what, bar] of [
    ['verify', 'verify', 'verify, one at a time', row.verify],
    ['batch', 'verify', `verify, batch of ${BATCH}`, row.batch],
    ['sign', 'sign', 'sign', row.sign],
  ] as const) {
    const comparison = await compareSides({ side: sides.us, op }, { side: sides.them, op: theirs })
    missed.push(...report(`${row.name} ${what}`, '/s', comparison, { bar }))
  }

  return missed
}

/** The engine makes the keys; both sides then prove that they know the same ones. */
async function exchangeKeys({ us, them }: Sides, row: CurveRow): Promise<void> {
  const made = await them.ask(`keys gost2012_${row.byteLength * 8} ${row.paramset} ${KEYS}`, KEYS)
  // Both encodings end with the octets themselves: public x || y, private d, all little-endian.
  const keys = made.map((line) => {
    const [spki = '', pkcs8 = '', signature = ''] = line.split(' ')

    return {
      publicKey: spki.slice(-row.byteLength * 4),
      privateKey: pkcs8.slice(-row.byteLength * 2),
      signature,
    }
  })
  await us.ask(
    [
      `keys ${row.curve}`,
      ...keys.map(
        ({ publicKey, privateKey, signature }) => `${publicKey} ${privateKey} ${signature}`,
      ),
    ].join('\n'),
  )
  for (const [i, { signature }] of keys.entries()) {
    const [ours = ''] = await us.ask(`sign ${i}`)
    for (const side of [us, them]) {
      for (const [octets, wanted] of [
        [signature, '1'],
        [ours, '1'],
        [alter(ours), '0'],
      ] as const) {
        const [answer] = await side.ask(`verify ${i} ${octets}`)
        if (answer !== wanted) throw new Error(`${row.name}: a wrong answer for key ${i}`)
      }
    }
  }
}

/** Another last digit of r. */
function alter(signature: string): string {
  return `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`
}
