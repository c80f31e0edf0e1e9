import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** What a command touches of the world: passed in, so that tests run the same command. */
export type CommandIo = {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Octets for standard output. */
  readonly writeBytes: (bytes: Uint8Array) => void
  readonly readStdin: () => Promise<Uint8Array>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths start here. */
  readonly cwd: string
  readonly now: () => Date
  /** May the output be coloured? */
  readonly isColoured: boolean
  /** Writes to the terminal of a person who watches; absent when standard error is none. */
  readonly terminal?: (text: string) => void
  /** Asks the person at the terminal; absent when nobody is there. */
  readonly ask?: (question: string, options?: { readonly isSecret: boolean }) => Promise<string>
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Uint8Array)
  }

  return Buffer.concat(chunks)
}

/** Nothing that is typed is shown when it is a secret. */
async function ask(
  question: string,
  { isSecret }: { readonly isSecret: boolean } = { isSecret: false },
): Promise<string> {
  let isMuted = false
  const output = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (!isMuted) {
        process.stderr.write(chunk)
      }
      done()
    },
  })
  const prompt = createInterface({ input: process.stdin, output, terminal: true })
  try {
    const answer = prompt.question(question)
    isMuted = isSecret

    return await answer
  } finally {
    prompt.close()
    if (isSecret) {
      process.stderr.write('\n')
    }
  }
}

/** The world of this process. */
export function processIo(): CommandIo {
  const { env } = process
  const hasPerson = process.stdin.isTTY === true && process.stderr.isTTY === true

  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    writeBytes: (bytes) => process.stdout.write(bytes),
    readStdin,
    env,
    cwd: process.cwd(),
    now: () => new Date(),
    isColoured: process.stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '',
    ...(process.stderr.isTTY === true
      ? { terminal: (text: string) => process.stderr.write(text) }
      : {}),
    ...(hasPerson ? { ask } : {}),
  }
}
