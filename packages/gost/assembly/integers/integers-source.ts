/**
 * The AssemblyScript of plain integer arithmetic as one text, for modules that are one file.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** In the order of their imports. */
const FILES = ['words', 'modulus', 'inverse', 'recode', 'verification-scalars'] as const

/**
 * All functions of this room, none of them exported, or all where `isExported` says so. Their names are those of
 * the files; constants and variables of a module are joined to the same scope, so a module that takes this text
 * must not declare the same names again.
 */
export function integersSource({ isExported = false } = {}): string {
  const text = FILES.map((name) => readFileSync(join(import.meta.dirname, `${name}.as.ts`), 'utf8'))
    .join('\n')
    .replaceAll(/^import [^']*'[^']*'\n/gm, '')

  return isExported ? text : text.replaceAll(/^export /gm, '')
}
