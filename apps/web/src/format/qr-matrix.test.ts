import jsQr from 'jsqr'
import { describe, expect, it } from 'vitest'
import { drawQr } from './qr-matrix.ts'

const modulePx = 4

/** Paints the path as the browser would: black rectangles on white, and reads it as a phone would. */
function scan(text: string): string | undefined {
  const { size, path } = drawQr(text)
  const widthPx = size * modulePx
  const pixels = new Uint8ClampedArray(widthPx * widthPx * 4).fill(255)

  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let py = Number(y) * modulePx; py < (Number(y) + 1) * modulePx; py += 1) {
      for (let px = Number(x) * modulePx; px < (Number(x) + Number(run)) * modulePx; px += 1) {
        pixels.fill(0, (py * widthPx + px) * 4, (py * widthPx + px) * 4 + 3)
      }
    }
  }

  const read = (jsQr as unknown as typeof jsQr.default)(pixels, widthPx, widthPx)

  return read?.data
}

describe('drawQr', () => {
  it.each([
    'mobileSign:https://muhr.example/cb/egov-mobile/k7Qm2xV9sT4pWb1cLh8Rz0Ny/mgovSign',
    'mobileSign:http://127.0.0.1:8080/cb/egov-mobile/a/mgovSign?id=42&x=1',
    'қол қою',
  ])('is read back byte for byte: %s', (text) => {
    expect(scan(text)).toBe(text)
  })

  it('leaves a quiet zone of four modules on each side', () => {
    const { size, path } = drawQr('mobileSign:https://muhr.example/x/mgovSign')
    const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number))

    for (const [x = 0, y = 0, length = 0] of runs) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
      expect(Math.max(x + length, y + 1)).toBeLessThanOrEqual(size - 4)
    }
  })
})
