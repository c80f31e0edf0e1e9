import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The peer is missing: said to the reader, who can install it; nothing is measured instead. */
export class NoPeerError extends Error {
  override readonly name = 'NoPeerError'
}

/**
 * Compiles engine-peer.c into the folder and gives the program's path.
 * @throws NoPeerError where no compiler, no header of OpenSSL, no gost-engine or no taskset is here.
 */
export function buildPeer(folder: string): string {
  const program = join(folder, 'engine-peer')
  const source = join(import.meta.dirname, 'engine-peer.c')
  const compiler = process.env['CC'] ?? 'cc'
  const built = spawnSync(compiler, ['-O2', '-o', program, source, '-lcrypto'], {
    encoding: 'utf8',
  })
  if (built.error !== undefined) {
    throw new NoPeerError(`There is no C compiler (${compiler}): ${installAdvice}`)
  }
  if (built.status !== 0) {
    throw new NoPeerError(
      `The native peer does not compile (no headers of OpenSSL?): ${installAdvice}\n${built.stderr}`,
    )
  }
  const tried = spawnSync('taskset', ['-c', String(pinnedCore()), program], {
    input: 'hash md_gost12_256 0\n',
    encoding: 'utf8',
  })
  if (tried.error !== undefined || tried.status !== 0) {
    throw new NoPeerError(
      `The native peer does not run: ${installAdvice}\n${tried.stderr ?? 'taskset was not found'}`,
    )
  }

  return program
}

const installAdvice =
  'apt-get install gcc libc6-dev libssl-dev libengine-gost-openssl util-linux. Without it there is nothing to compare with.'

/** The last core that this process may use: both sides share it, so that both have the same one. */
export function pinnedCore(): number {
  const { stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' })

  return Number(/(\d+)\s*$/.exec(stdout ?? '')?.[1] ?? 0)
}
