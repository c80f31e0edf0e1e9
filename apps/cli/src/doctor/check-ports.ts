import type { Finding } from '@muhr/server/doctor'
import { chosenPort, findPortOwner, ports, tryPort } from '../../bin/ports.js'

const check = 'ports'

/**
 * Whether the ports are free, or held by Muhr itself.
 *
 * @returns also whether Muhr runs on its main port
 */
export async function checkPorts({
  host,
  mode,
  env,
}: {
  readonly host: string
  readonly mode: 'sandbox' | 'live'
  readonly env: Readonly<Record<string, string | undefined>>
}): Promise<{ readonly findings: readonly Finding[]; readonly isRunning: boolean }> {
  const used = mode === 'sandbox' ? ports : ports.slice(0, 1)
  const looks = await Promise.all(
    used.map(async (entry) => {
      const port = chosenPort(entry, env) ?? entry.standard
      const code = await tryPort(host, port)

      return {
        ...entry,
        port,
        code,
        owner: code === 'EADDRINUSE' ? findPortOwner(port) : undefined,
      }
    }),
  )
  return {
    isRunning: isMuhr(looks[0]?.owner),
    findings: looks.map(({ port, purpose, variable, code, owner }) => {
      const what = `Port ${port}, for ${purpose},`

      if (code === undefined) {
        return { check, result: 'passed', message: `${what} is free.` }
      }
      if (isMuhr(owner)) {
        return {
          check,
          result: 'passed',
          message: `${what} is held by Muhr (process ${owner?.pid}).`,
        }
      }

      return {
        check,
        result: 'failed',
        message:
          code === 'EADDRINUSE'
            ? `${what} is taken by ${owner === undefined ? 'another program' : `process ${owner.pid}: ${owner.command}`}.`
            : `${what} cannot be listened on (${code}).`,
        advice: `Free it, or set ${variable} to another one.`,
      }
    }),
  }
}

/** Whether it is one of the programs of apps/cli, however it was started. */
function isMuhr(owner: { readonly command: string } | undefined): boolean {
  return /(apps\/cli\/(bin\/(start|muhr)\.js|src\/(main|sandbox-process)\.ts)|\.bin\/muhr)\b/.test(
    owner?.command ?? '',
  )
}
