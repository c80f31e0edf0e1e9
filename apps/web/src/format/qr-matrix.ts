import { encode } from 'uqr'

/** Quiet zone of four modules (ISO/IEC 18004 §9.1), without which phones fail to find the code. */
const quietZoneModules = 4

/** A QR code as drawing data: `size` modules a side with the quiet zone, dark modules as a path. */
export type QrDrawing = { readonly size: number; readonly path: string }

/**
 * Encodes `text` at error correction level M without a logo (ui.md §10). The path draws one
 * rectangle per run of dark modules, in module units.
 */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: quietZoneModules })
  const path = data.map((row, y) => drawRuns(row, y)).join('')

  return { size, path }
}

function drawRuns(row: readonly boolean[], y: number): string {
  let path = ''
  let start = -1

  for (let x = 0; x <= row.length; x += 1) {
    const isDark = row[x] === true

    if (isDark && start < 0) start = x
    if (!isDark && start >= 0) {
      path += `M${start} ${y}h${x - start}v1h${start - x}z`
      start = -1
    }
  }

  return path
}
