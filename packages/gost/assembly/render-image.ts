import type { WasmVariant } from '../src/wasm/load-module.ts'
import { hashSource } from './compile.ts'
import type { WasmSource } from './wasm-source.ts'

/** The name of the export: `gost94` gives `gost94Image`, `curve-256` gives `curve256Image`. */
export function imageNameOf(module: WasmSource): string {
  return `${module.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Image`
}

/** The text of `src/wasm/<name>.wasm.ts`. */
export function renderImage(
  module: WasmSource,
  codes: ReadonlyMap<WasmVariant, Uint8Array>,
): string {
  const variants = [...codes].map(
    ([variant, code]) =>
      `    ${/^\w+$/.test(variant) ? variant : `'${variant}'`}:\n      '${Buffer.from(code).toString('base64')}',\n`,
  )

  return `// Made by \`npm run build\` from packages/gost/assembly: change that, not this.
import type { WasmImage } from './load-module.ts'

export const ${imageNameOf(module)}: WasmImage = {
  name: '${module.name}',
  sourceSha256: '${hashSource(module)}',
  variants: {
${variants.join('')}  },
}
`
}
