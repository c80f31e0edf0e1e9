import { makePdf } from './make-pdf.ts'

export type DemoDocument = { readonly fileName: string; readonly bytes: Uint8Array }

/** TIFF 6.0 §2: a little-endian file of one strip, `size` × `size` pixels, one octet of grey each. */
function makeTiff(size: number, grey: number): Uint8Array {
  const entries: readonly (readonly [tag: number, type: 3 | 4, value: number])[] = [
    [256, 3, size],
    [257, 3, size],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, size],
    [279, 4, size * size],
  ]
  const strip = size * size
  const file = Buffer.alloc(8 + strip + 2 + entries.length * 12 + 4)
  file.write('II', 0, 'latin1')
  file.writeUInt16LE(42, 2)
  file.writeUInt32LE(8 + strip, 4)
  file.fill(grey, 8, 8 + strip)
  let at = 8 + strip
  at = file.writeUInt16LE(entries.length, at)
  for (const [tag, type, value] of entries) {
    at = file.writeUInt16LE(tag, at)
    at = file.writeUInt16LE(type, at)
    at = file.writeUInt32LE(1, at)
    at = file.writeUInt32LE(value, at)
  }

  return file
}

const kinds = ['pdf', 'tiff', 'xml', 'txt'] as const

/** Documents of every kind that Goskey takes, PDF first, no two alike. */
export function makeDocuments(scenario: string, count: number): readonly DemoDocument[] {
  const made = new Date().toISOString()

  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? 'pdf'
    const number = String(index + 1).padStart(2, '0')

    return {
      fileName: `document_${number}.${kind}`,
      bytes: bytesOf(kind, { title: `${scenario}, document ${number}`, made, index }),
    }
  })
}

function bytesOf(
  kind: (typeof kinds)[number],
  { title, made, index }: { readonly title: string; readonly made: string; readonly index: number },
): Uint8Array {
  switch (kind) {
    case 'pdf':
      return makePdf(['Muhr sandbox: document to be signed', title, `Made ${made}`])
    case 'tiff':
      return makeTiff(64 + index, 16 * index)
    case 'xml':
      return Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<act made="${made}"><title>${title}</title></act>\n`,
      )
    case 'txt':
      return Buffer.from(`Песочница Muhr: ${title}\n${made}\n`)
  }
}
