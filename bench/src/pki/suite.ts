import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEngine, makePki } from './make-samples.ts'
import { measureFolder } from './measure-folder.ts'
import { measureLarge } from './measure-large.ts'
import { measureSingle } from './measure-single.ts'

/** Loads the engine without touching the file of the system. */
const opensslConf = `openssl_conf = openssl_init
[openssl_init]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
default_algorithms = ALL
`

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
    await writeFile(conf, opensslConf)
    const pki = await makePki(1000)
    await measureSingle(pki)
    await measureLarge(pki, { folder, opensslConf: conf })
    await measureFolder(pki, { folder, opensslConf: conf, engine })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }

  return 0
}
