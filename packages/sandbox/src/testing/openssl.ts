import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

/** Is the `openssl` command at hand? */
export const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })

    return true
  } catch {
    return false
  }
})()

const run = promisify(execFile)

/** Runs `openssl` and gives all it said, whether it was content or not. */
export async function openssl(...parameters: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run('openssl', parameters)

    return `${stdout}${stderr}`
  } catch (cause) {
    return `failed: ${Reflect.get(cause as object, 'stdout')}${Reflect.get(cause as object, 'stderr')}`
  }
}
