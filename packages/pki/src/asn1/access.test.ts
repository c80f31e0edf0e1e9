import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asUniversal, oidOf, present } from './access.ts'
import { toHex } from './bytes.ts'
import { universalTag } from './node.ts'
import { readBer, readDer } from './read.ts'
import { der } from './write.ts'

describe('oidOf', () => {
  it('is exact for arcs of any size', () => {
    const arc = fc.oneof(
      fc.nat(300).map(BigInt),
      fc.bigInt({ min: (1n << 45n) - 300n, max: (1n << 45n) + 300n }),
      fc.bigInt({ min: (1n << 52n) - 3n, max: (1n << 53n) + 3n }),
      fc.bigInt({ min: 0n, max: 1n << 130n }),
    )
    const roots = fc.oneof(
      fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt({ min: 0n, max: 39n })),
      fc.tuple(fc.constant(2n), arc),
    )
    fc.assert(
      fc.property(roots, fc.array(arc, { maxLength: 4 }), (root, arcs) => {
        const oid = [...root, ...arcs].join('.')
        expect(oidOf(readDer(der.oid(oid)))).toBe(oid)
      }),
    )
  })
})

describe('asUniversal', () => {
  it('gives the octets under the universal tag, and everything else as it was', () => {
    const parts = [der.integer(1), der.integer(2)]
    const set = der.set(...parts)
    const node = asUniversal(readBer(der.context(0, parts)), universalTag.set)
    expect(toHex(node.bytes)).toBe(toHex(set))
    expect(toHex(node.content)).toBe(toHex(readDer(set).content))
    expect(node).toMatchObject({ class: 'universal', tag: universalTag.set })
    expect([node.constructed, node.indefinite, node.children.length]).toEqual([true, false, 2])
    expect(toHex(present(node.children[1]).bytes)).toBe(toHex(der.integer(2)))
  })
})
