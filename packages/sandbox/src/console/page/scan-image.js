// @ts-check
/** Longest side at which a picture is searched: a phone camera gives more than a QR needs. */
const MAX_SIDE = 1600

let loading

/**
 * The text of the QR code in a picture, or `undefined`.
 * @param {Blob} image
 * @returns {Promise<string | undefined>}
 */
export async function scanImage(image) {
  const [bitmap, jsQR] = await Promise.all([createImageBitmap(image), loadJsQr()])
  for (const side of [MAX_SIDE, 800]) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
    const canvas = new OffscreenCanvas(
      Math.round(bitmap.width * scale),
      Math.round(bitmap.height * scale),
    )
    const context = canvas.getContext('2d')
    if (context === null) return undefined
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    const found = jsQR(data, width, height)
    if (found !== null && found.data !== '') return found.data
  }

  return undefined
}

/** The decoder is loaded with the first picture. */
function loadJsQr() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/assets/jsqr.js'
    script.onload = () => resolve(Reflect.get(window, 'jsQR'))
    script.onerror = () => reject(new Error('the QR decoder did not load'))
    document.head.append(script)
  })

  return loading
}
