import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Is xmllint here? */
export const hasXmllint = spawnSync('xmllint', ['--version']).status === 0

const end = '<?end of document?>'

/**
 * Canonical forms of documents by xmllint, comments included. A processing instruction after each
 * document tells them apart, and is taken off again.
 */
export const xmllintC14n = (
  mode: '--c14n' | '--c14n11' | '--exc-c14n',
  documents: readonly string[],
): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-c14n-'))
  try {
    const names = documents.map((document, index) => {
      const name = `${index}.xml`
      writeFileSync(join(folder, name), `${document}${end}`)
      return name
    })
    const { stdout } = spawnSync('xmllint', [mode, '--nonet', ...names], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout.toString('utf8').split(`\n${end}`).slice(0, -1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
