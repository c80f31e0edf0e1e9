/** A page that is one JPEG picture. Sizes in pixels. */
export type PdfPicture = {
  readonly jpeg: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}

/** A4 in PostScript points (ISO 216; 72 points an inch). */
const a4 = { widthPt: 595, heightPt: 842 } as const

const encoder = new TextEncoder()

/**
 * A PDF 1.4 file (ISO 32000-1) with one A4 page that shows one picture. Text drawn on a canvas keeps
 * every letter of every language this way, without a font in the file.
 *
 * @param title Latin title for the document information
 */
export function imagePdf(picture: PdfPicture, title: string): Uint8Array<ArrayBuffer> {
  const { jpeg, widthPx, heightPx } = picture
  const drawing = `q ${a4.widthPt} 0 0 ${a4.heightPt} 0 0 cm /Im0 Do Q`
  const objects: readonly (readonly (string | Uint8Array)[])[] = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${a4.widthPt} ${a4.heightPt}] ` +
        '/Resources << /XObject << /Im0 4 0 R >> >> /Contents 5 0 R >>',
    ],
    [
      `<< /Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} ` +
        `/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      jpeg,
      '\nendstream',
    ],
    [`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
    [`<< /Title (${title.replace(/[()\\]/g, '')}) /Producer (Muhr) >>`],
  ]
  const parts: Uint8Array[] = []
  const offsets: number[] = []
  let length = 0
  const put = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? encoder.encode(part) : part
    parts.push(bytes)
    length += bytes.length
  }

  put('%PDF-1.4\n')
  objects.forEach((object, index) => {
    offsets.push(length)
    put(`${index + 1} 0 obj\n`)
    object.forEach(put)
    put('\nendobj\n')
  })
  const start = length
  put(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`)

  for (const offset of offsets) put(`${String(offset).padStart(10, '0')} 00000 n \n`)

  put(
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  )

  const file = new Uint8Array(length)
  let at = 0

  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }

  return file
}
