import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { findEmbeddedBinaries, type PostgresBinaries } from '../launcher/binaries.ts'

/** `embedded`: PostgreSQL 18 that comes with Muhr. `server`: one that the system has, 15 or newer. */
export type TestEngine = 'embedded' | 'server'

const systemFolder = '/usr/lib/postgresql'
const oldestMajor = 15

/**
 * The engines that suites are to run on here: `describe.each(availableEngines())`. Debian's PostgreSQL
 * is taken where it is installed; it is run by us, from its own programs, never its system service.
 */
export function availableEngines(): readonly TestEngine[] {
  return findServerBinaries() === undefined ? ['embedded'] : ['embedded', 'server']
}

/** The binaries of an engine that `availableEngines` names. */
export function binariesOf(engine: TestEngine): PostgresBinaries {
  const binaries = engine === 'embedded' ? findEmbeddedBinaries() : findServerBinaries()

  if (binaries === undefined) {
    throw new Error(`There is no PostgreSQL ${oldestMajor} or newer in ${systemFolder}.`)
  }

  return binaries
}

/** The oldest one that is supported: together with the embedded one, both ends of the range. */
function findServerBinaries(): PostgresBinaries | undefined {
  const majors = (fs.existsSync(systemFolder) ? fs.readdirSync(systemFolder) : [])
    .map(Number)
    .filter((major) => major >= oldestMajor)
    .sort((a, b) => a - b)

  return majors.map(readBinaries).find((binaries) => binaries !== undefined)
}

function readBinaries(major: number): PostgresBinaries | undefined {
  const root = path.join(systemFolder, String(major))
  const run = spawnSync(path.join(root, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  const version = /\d+(\.\d+)+/.exec(run.stdout ?? '')?.[0]

  return version === undefined ? undefined : { root, version, major }
}
