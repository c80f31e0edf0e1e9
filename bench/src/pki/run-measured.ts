import { spawn } from 'node:child_process'

/** What a process took, its children included. */
export type ProcessCost = {
  readonly code: number
  readonly wallMs: number
  readonly cpuMs: number
  /** Of the process itself; undefined where it does not tell. */
  readonly maxRssBytes: number | undefined
  readonly stdout: string
}

const rssMark = 'muhr-max-rss-kib '
/** Node.js tells its peak when it ends; a program of C is not asked. */
const tellRss = `data:text/javascript,process.on('exit',()=>process.stderr.write('${rssMark}'+process.resourceUsage().maxRSS+'\\n'))`

/** Runs a program and measures it by the shell's own clock (wall, user and system time). */
export async function runMeasured(
  command: readonly string[],
  options: {
    readonly cwd: string
    readonly env?: Readonly<Record<string, string>>
    readonly isNode?: boolean
  },
): Promise<ProcessCost> {
  const child = spawn(
    'bash',
    ['-c', 'TIMEFORMAT="muhr-time %R %U %S"; time "$@"', 'bash', ...command],
    {
      cwd: options.cwd,
      env: {
        ...process.env,
        ...options.env,
        LC_ALL: 'C',
        ...(options.isNode === true ? { NODE_OPTIONS: `--import="${tellRss}"` } : {}),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve(status ?? 255))
    }),
  ])
  const [, wall, user, system] = /muhr-time ([\d.]+) ([\d.]+) ([\d.]+)/.exec(stderr) ?? []
  const rss = new RegExp(`${rssMark}(\\d+)`).exec(stderr)?.[1]

  return {
    code,
    wallMs: Number(wall) * 1000,
    cpuMs: (Number(user) + Number(system)) * 1000,
    maxRssBytes: rss === undefined ? undefined : Number(rss) * 1024,
    stdout,
  }
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) {
    pieces.push(piece)
  }

  return Buffer.concat(pieces).toString('utf8')
}

/** Refuses to measure what did not do its work. */
export function expectCode(cost: ProcessCost, code: number, what: string): ProcessCost {
  if (cost.code !== code) {
    throw new Error(`${what} ended with ${cost.code}, not ${code}: nothing was measured`)
  }

  return cost
}
