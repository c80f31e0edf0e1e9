import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEngine } from '../pki/make-samples.ts'
import { opensslConfig } from '../pki/openssl-config.ts'
import { measureCoreWatch } from './measure-core-watch.ts'
import { measurePackage } from './measure-package.ts'
import { measureQuota } from './measure-quota.ts'
import { measureWatch } from './measure-watch.ts'

/** `npm run bench -- goskey [package | watch | core-watch | quota]`: all of them, or those that are named. */
export async function runGoskeySuite(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`)
  }
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length === 0 || names.includes(name)) {
      await inFolder(measure)
    }
  }

  return 0
}

const parts: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  package: async (folder) => {
    if (findEngine() === undefined) {
      throw new Error(
        'This suite compares with OpenSSL and its GOST engine: install openssl, libengine-gost-openssl and zip.',
      )
    }
    const opensslConf = join(folder, 'openssl.cnf')
    await writeFile(opensslConf, opensslConfig)
    await measurePackage({ folder, opensslConf })
  },
  watch: measureWatch,
  'core-watch': () => measureCoreWatch(),
  quota: measureQuota,
}

async function inFolder(measure: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-bench-'))
  try {
    await measure(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
