import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const HostModule = WebAssembly.Module
const digestOfAbc = '4e2919cf137ed41ec4fb6270c61826cc4fffb660341e0af3688cd0626d23b481'

const look = async () => {
  const gost = await import('../index.ts')
  const digest = gost.streebog256(new TextEncoder().encode('abc'))

  return { backend: gost.gostBackend(), hex: Buffer.from(digest).toString('hex') }
}

describe('the backend', () => {
  it('is WebAssembly with relaxed SIMD under the Node of this project', async () => {
    expect(await look()).toEqual({ backend: 'wasm-relaxed-simd', hex: digestOfAbc })
  })

  it('is plain SIMD where the engine refuses relaxed SIMD', async () => {
    const { validate } = WebAssembly
    // The octets fd 80 02: i8x16.relaxed_swizzle, as in the probe.
    vi.stubGlobal('WebAssembly', {
      ...wasmOfHost(),
      validate: (octets: Uint8Array<ArrayBuffer>) =>
        !Buffer.from(octets).includes(Buffer.of(0xfd, 0x80, 0x02)) && validate(octets),
    })
    expect(await look()).toEqual({ backend: 'wasm-simd', hex: digestOfAbc })
  })

  it.each([
    { name: 'WebAssembly is missing', value: undefined },
    { name: 'SIMD is missing', value: { ...wasmOfHost(), validate: () => false } },
    {
      name: 'the page forbids compilation (CSP without wasm-unsafe-eval)',
      value: {
        ...wasmOfHost(),
        Module: class {
          constructor() {
            throw new WebAssembly.CompileError('blocked by Content Security Policy')
          }
        },
      },
    },
    {
      name: 'the engine refuses a module of this size',
      value: {
        ...wasmOfHost(),
        Module: function refuseLarge(octets: Uint8Array<ArrayBuffer>) {
          if (octets.length > 100) throw new RangeError('larger than 4KB on the main thread')

          return new HostModule(octets)
        },
      },
    },
  ])('is TypeScript where $name', async ({ value }) => {
    vi.stubGlobal('WebAssembly', value)
    expect(await look()).toEqual({ backend: 'typescript', hex: digestOfAbc })
  })

  it('can be chosen, and each choice gives the same digest', async () => {
    const { GOST_BACKENDS, selectGostBackend } = await import('../testing.ts')
    for (const backend of GOST_BACKENDS) {
      selectGostBackend(backend)
      expect(await look()).toEqual({ backend, hex: digestOfAbc })
    }
    selectGostBackend(undefined)
  })
})

describe('base64 of a module', () => {
  it.each([
    { name: 'by Node.js' },
    {
      name: 'by the engine',
      fromBase64: (text: string) => Uint8Array.from(Buffer.from(text, 'base64')),
    },
    { name: 'plainly', Buffer: undefined },
  ])('is read $name to the same octets', async ({ fromBase64, ...globals }) => {
    const { octetsOfBase64 } = await import('./base64.ts')
    const { streebogImage } = await import('./streebog.wasm.ts')
    const wanted = Uint8Array.from(Buffer.from(streebogImage.code, 'base64'))
    if ('Buffer' in globals) vi.stubGlobal('Buffer', globals.Buffer)
    if (fromBase64 !== undefined) Object.assign(Uint8Array, { fromBase64 })
    try {
      expect(Uint8Array.from(octetsOfBase64(streebogImage.code))).toEqual(wanted)
    } finally {
      if (fromBase64 !== undefined) Reflect.deleteProperty(Uint8Array, 'fromBase64')
    }
  })
})

/** The members of the engine's WebAssembly, to be replaced one by one. */
function wasmOfHost() {
  const { Module, Instance, Memory, CompileError, validate } = WebAssembly

  return { Module, Instance, Memory, CompileError, validate }
}
