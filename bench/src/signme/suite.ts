import { measurePush } from './measure-push.ts'

/** `npm run bench -- signme [push | …]`: all of them, or those that are named. */
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
  push: () => measurePush(),
}
