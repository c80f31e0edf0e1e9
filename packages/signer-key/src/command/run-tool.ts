import { spawn } from 'node:child_process'
import { SignerKeyError } from '../error.ts'

/** One run of a signing program. */
export type ToolRun = {
  /** Path of the program, or its name on PATH. */
  readonly program: string
  readonly args: readonly string[]
  /** Written to its standard input, which is then closed: a PIN. */
  readonly stdin?: string | undefined
  /** Variables beside those that every program gets. */
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** What a program left. */
export type ToolAnswer = {
  readonly exitCode: number | null
  /** Both streams together. May repeat arguments: never logged, never shown. */
  readonly text: string
}

const maxOutputBytes = 64 * 1024

/** What a program needs of our environment; our own secrets are none of it. */
const passedOn = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TMPDIR', 'TZ']

/**
 * Runs a program without a shell, with its own few variables, in a process group that is ended as a
 * whole when time is over, when it writes more than 64 KiB, or when nobody waits any more.
 *
 * Throws `signer-key.tool-missing`, `signer-key.tool-timeout`, `signer-key.tool-output`,
 * `signer-key.aborted`. No error repeats an argument or an output.
 */
export function runTool(run: ToolRun): Promise<ToolAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ToolAnswer>()
  const child = spawn(run.program, [...run.args], {
    shell: false,
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...environment(), ...run.env },
  })
  let failure: SignerKeyError | undefined
  const end = (error: SignerKeyError): void => {
    failure ??= error
    killGroup(child.pid)
    // A descendant that left the group may hold the pipes open.
    child.stdout.destroy()
    child.stderr.destroy()
  }
  const timer = setTimeout(
    () => end(failed('signer-key.tool-timeout', 'The signing program did not end in time.')),
    run.timeoutMs,
  )
  const onAbort = (): void => end(failed('signer-key.aborted', 'The seal is not wanted any more.'))
  run.signal?.addEventListener('abort', onAbort, { once: true })
  if (run.signal?.aborted === true) {
    onAbort()
  }

  const pieces: Buffer[] = []
  let total = 0
  const collect = (piece: Buffer): void => {
    total += piece.length
    if (total > maxOutputBytes) {
      end(failed('signer-key.tool-output', 'The signing program wrote without end.'))
    } else {
      pieces.push(piece)
    }
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  // A program that does not read its input closes the pipe; that is no fault.
  child.stdin.on('error', () => undefined)
  child.stdin.end(run.stdin)

  child.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= new SignerKeyError({
      code: 'signer-key.tool-missing',
      message: 'The signing program cannot be started.',
      data: { reason: error.code ?? 'unknown' },
    })
    settle(null)
  })
  child.on('close', (exitCode) => settle(exitCode))

  function settle(exitCode: number | null): void {
    clearTimeout(timer)
    run.signal?.removeEventListener('abort', onAbort)
    if (failure !== undefined) {
      reject(failure)
    } else {
      resolve({ exitCode, text: Buffer.concat(pieces).toString('latin1') })
    }
  }

  return promise
}

function failed(
  code: 'signer-key.tool-timeout' | 'signer-key.tool-output' | 'signer-key.aborted',
  message: string,
): SignerKeyError {
  return new SignerKeyError({ code, message })
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name]

      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
