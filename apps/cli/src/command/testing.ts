import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandIo } from './io.ts'
import { runGuarded } from './run-guarded.ts'

/** What a command did, for tests. */
export type CommandRun = {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Octets on standard output. */
  readonly bytes: Uint8Array
  /** Questions that were asked of the person. */
  readonly questions: readonly string[]
}

/** A folder of its own in which a command is run, with a clock, and a person who answers. */
export type CommandWorld = {
  readonly folder: string
  readonly write: (name: string, content: Uint8Array | string) => string
  readonly run: (
    command: (args: readonly string[], io: CommandIo) => Promise<number>,
    args: readonly string[],
    options?: {
      readonly stdin?: Uint8Array
      /** Answers in their order; without them nobody is at the terminal. */
      readonly answers?: readonly string[]
      readonly env?: Readonly<Record<string, string>>
      readonly isColoured?: boolean
      readonly now?: Date
    },
  ) => Promise<CommandRun>
  readonly remove: () => void
}

/** Makes an empty world; `now` is its clock. */
export function createCommandWorld(now: Date): CommandWorld {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-cli-'))

  return {
    folder,
    write: (name, content) => {
      writeFileSync(join(folder, name), content)

      return name
    },
    run: async (command, args, options = {}) => {
      const out: string[] = []
      const err: string[] = []
      const written: Uint8Array[] = []
      const questions: string[] = []
      const answers = [...(options.answers ?? [])]
      const io: CommandIo = {
        stdout: (text) => out.push(text),
        stderr: (text) => err.push(text),
        writeBytes: (bytes) => written.push(bytes),
        readStdin: async () => options.stdin ?? new Uint8Array(),
        env: options.env ?? {},
        cwd: folder,
        now: () => options.now ?? now,
        isColoured: options.isColoured ?? false,
        ...(options.answers === undefined
          ? {}
          : {
              ask: async (question: string) => {
                questions.push(question)

                return answers.shift() ?? ''
              },
            }),
      }
      const code = await runGuarded(args, io, command as Parameters<typeof runGuarded>[2])

      return {
        code,
        stdout: out.join(''),
        stderr: err.join(''),
        bytes: new Uint8Array(Buffer.concat(written)),
        questions,
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
