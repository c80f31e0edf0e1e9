import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEngine, makePki } from './make-samples.ts'
import { measureFolder } from './measure-folder.ts'
import { measureLarge } from './measure-large.ts'
import { measureSingle } from './measure-single.ts'
import { opensslConfig } from './openssl-config.ts'

/** `npm run bench -- pki`: whole verifications against OpenSSL with gost-engine and against bare checks. */
export async function runPkiSuite(): Promise<number> {
  const engine = findEngine()
  if (engine === undefined) {
    throw new Error(
      'This suite compares with OpenSSL and its GOST engine: install openssl and libengine-gost-openssl.',
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'muhr-bench-'))
  try {
    const conf = join(folder, 'openssl.cnf')
    await writeFile(conf, opensslConfig)
    const pki = await makePki(1000)
    await measureSingle(pki)
    await measureLarge(pki, { folder, opensslConf: conf })
    await measureFolder(pki, { folder, opensslConf: conf, engine })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }

  return 0
}
