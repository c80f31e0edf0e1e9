/**
 * Imports a module graph anew with one file altered. What the other files are without their types is
 * worked out once.
 * @module
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { WasmSource } from '../wasm-source.ts'

const MARK = '?altered='

const stripped = new Map<string, string>()
let marked = 0
let altered = { path: '', text: '' }
let root = ''

const stripOnce = (path: string): string => {
  const known = stripped.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'))
  stripped.set(path, known)

  return known
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context)
    const [, mark] = context.parentURL?.split(MARK) ?? []

    return mark !== undefined && found.url.startsWith(root)
      ? { ...found, url: `${found.url}${MARK}${mark}` }
      : found
  },
  load(url, context, nextLoad) {
    const [plain = '', mark] = url.split(MARK)
    if (mark === undefined) return nextLoad(url, context)
    const path = fileURLToPath(plain)
    const source = path === altered.path ? stripTypeScriptTypes(altered.text) : stripOnce(path)

    return { format: 'module', source, shortCircuit: true }
  },
})

/** The modules of `url` and of all that it imports from its own folder, one file replaced. */
export function importAltered(
  url: string,
  replaced: { readonly path: string; readonly text: string },
): Promise<{
  readonly wasmProbes: readonly WasmSource[]
  readonly wasmSources: readonly WasmSource[]
}> {
  altered = replaced
  root = pathToFileURL(dirname(fileURLToPath(url))).href

  return import(`${url}${MARK}${marked++}`)
}
