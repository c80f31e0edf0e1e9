import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCheck } from './measure-check.ts'
import { measurePush } from './measure-push.ts'
import { measureWatch } from './measure-watch.ts'

/** `npm run bench -- signme [watch | push | check]`: all of them, or those that are named. */
export async function runSignmeSuite(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`)
  }
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length === 0 || names.includes(name)) await measure()
  }

  return 0
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  watch: () => inFolder(measureWatch),
  push: () => measurePush(),
  check: measureCheck,
}

async function inFolder(measure: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-bench-'))
  try {
    await measure(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
