import { readdirSync, readFileSync } from 'node:fs'

/** A process and all that it started, by their ids. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) {
      const parent = parentOf(Number(name))
      if (parent !== undefined) {
        parents.set(Number(name), parent)
      }
    }
  }
  const family = [pid]
  for (const member of family) {
    for (const [child, parent] of parents) {
      if (parent === member) {
        family.push(child)
      }
    }
  }

  return family
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')

    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}

/** Memory of a process, MB (10^6 bytes): `Pss` shares what is shared, `Rss` does not. */
export function memoryOf(pid: number, kind: 'Pss' | 'Rss'): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
    const match = new RegExp(`^${kind}:\\s+(\\d+) kB`, 'm').exec(text)

    return (Number(match?.[1] ?? 0) * 1024) / 1e6
  } catch {
    return 0
  }
}
