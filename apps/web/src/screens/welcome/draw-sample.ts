import { imagePdf } from './image-pdf.ts'

/** A4 at 120 dots an inch: readable on the phone, small on the wire. */
const page = { widthPx: 992, heightPx: 1403, marginPx: 96 } as const

export type SampleTexts = {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly foot: string
}

/** Draws the prepared document of the first run in this browser and gives it as a PDF. */
export async function drawSample(texts: SampleTexts): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas')
  canvas.width = page.widthPx
  canvas.height = page.heightPx
  const paper = canvas.getContext('2d')

  if (paper === null) throw new TypeError('drawSample: this browser draws no canvas')

  const style = getComputedStyle(document.documentElement)
  const serif = style.getPropertyValue('--font-title') || 'serif'
  const sans = style.getPropertyValue('--font') || 'sans-serif'
  paper.fillStyle = '#ffffff'
  paper.fillRect(0, 0, page.widthPx, page.heightPx)
  paper.fillStyle = '#13202b'
  paper.textBaseline = 'top'
  let y = page.marginPx
  y = drawText(paper, { text: texts.title, font: `600 40px ${serif}`, linePx: 52, y }) + 28

  for (const text of texts.paragraphs) {
    y = drawText(paper, { text, font: `22px ${sans}`, linePx: 34, y }) + 18
  }

  paper.fillStyle = '#586873'
  drawText(paper, {
    text: texts.foot,
    font: `18px ${sans}`,
    linePx: 28,
    y: page.heightPx - page.marginPx - 56,
  })

  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', 0.86),
  )

  if (blob === null) throw new TypeError('drawSample: the canvas gave no picture')

  return imagePdf(
    {
      jpeg: new Uint8Array(await blob.arrayBuffer()),
      widthPx: page.widthPx,
      heightPx: page.heightPx,
    },
    'Muhr sandbox sample',
  )
}

/** Draws text in lines that fit the page; returns where the next line begins. */
function drawText(
  paper: CanvasRenderingContext2D,
  line: {
    readonly text: string
    readonly font: string
    readonly linePx: number
    readonly y: number
  },
): number {
  paper.font = line.font
  const limit = page.widthPx - 2 * page.marginPx
  let { y } = line
  let row = ''

  for (const word of line.text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`

    if (row !== '' && paper.measureText(longer).width > limit) {
      paper.fillText(row, page.marginPx, y)
      y += line.linePx
      row = word
    } else {
      row = longer
    }
  }

  paper.fillText(row, page.marginPx, y)

  return y + line.linePx
}
