import { describe, expect, it } from 'vitest'
import { imagePdf } from './image-pdf.ts'
import { sampleInput, sampleRecipient } from './sample-envelope.ts'

const jpeg = Uint8Array.from([0xff, 0xd8, 1, 2, 3, 0xff, 0xd9])
const pdf = imagePdf({ jpeg, widthPx: 2, heightPx: 3 }, 'Sample (one)')
const text = Buffer.from(pdf).toString('latin1')

describe('imagePdf', () => {
  it('points from its end to the table and from the table to each object', () => {
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])

    expect(text.slice(start, start + 4)).toBe('xref')

    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) =>
      Number(at),
    )
    expect(offsets).toHaveLength(6)
    offsets.forEach((at, index) => {
      expect(text.slice(at, at + 8)).toBe(`${index + 1} 0 obj\n`)
    })
  })

  it('holds the picture byte for byte, with its length', () => {
    expect(text).toContain(`/Length ${jpeg.length} >>`)
    expect(text).toContain(Buffer.from(jpeg).toString('latin1'))
  })

  it('keeps brackets out of the title', () => {
    expect(text).toContain('/Title (Sample one)')
  })
})

describe('prepared envelope', () => {
  const session = {
    user: { id: 'u', name: 'x', role: 'owner' as const },
    organisation: { id: 'o', name: 'x' },
    mode: 'sandbox' as const,
    scopes: [],
    version: '0',
  }

  it('is for a person that the simulated phone can sign as', () => {
    expect(sampleRecipient(session)).toEqual({ name: 'Үлгіұлы Сынақ', iin: '000140000012' })
    expect(
      sampleRecipient({
        ...session,
        sandbox: { phoneUrl: 'http://127.0.0.1:8100/phone', persons: [{ name: 'Y', iin: '1' }] },
      }),
    ).toEqual({ name: 'Y', iin: '1' })
  })

  it('is sent at once', () => {
    const input = sampleInput({
      title: 'Пробный договор',
      documentId: 'doc_1',
      recipient: { name: 'Y', iin: '000140000012' },
    })

    expect(input).toMatchObject({ send: true, documents: [{ id: 'doc_1' }] })
  })
})
