import { describe, expect, it, vi } from 'vitest'
import { codeOfAsync } from '../test-support/code-of.ts'
import { createTrustStore } from '../trust/index.ts'
import { verifySignature } from '../verify/index.ts'

vi.mock('libxml2-wasm', () => {
  throw new WebAssembly.CompileError('not allowed')
})

describe('where WebAssembly is not allowed', () => {
  it('XML is not judged: the error names what is missing', async () => {
    const container = new TextEncoder().encode(
      '<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature></a>',
    )
    const verification = verifySignature({
      container,
      trust: createTrustStore([]),
      policy: 'etsi-basic',
      now: new Date('2026-02-01T00:00:00Z'),
    })
    expect(await codeOfAsync(verification)).toBe('xml.no-engine')
  })
})
