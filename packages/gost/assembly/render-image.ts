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
  {
    codes,
    packed,
  }: { readonly codes: ReadonlyMap<WasmVariant, Uint8Array>; readonly packed: Uint8Array },
): string {
  const isPacked = module.isPacked ?? true
  const code = isPacked ? packed : Buffer.concat([...codes.values()])
  const variants = [...codes].map(
    ([variant, { length }]) => `${/^\w+$/.test(variant) ? variant : `'${variant}'`}: ${length}`,
  )

  return `// Made by \`npm run build\` from packages/gost/assembly: change that, not this.
import type { WasmImage } from './load-module.ts'

export const ${imageNameOf(module)}: WasmImage = {
  name: '${module.name}',
  sourceSha256: '${hashSource(module)}',
  variants: { ${variants.join(', ')} },
  isPacked: ${isPacked},
  code: '${Buffer.from(code).toString('base64')}',
}
`
}
