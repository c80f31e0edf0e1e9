/**
 * Two strings of 128 octets with one MD5, 79054025255fb1a26e4bc422aef54eb4: the published collision of Wang,
 * Feng, Lai and Yu (IACR ePrint 2004/199, corrected). Both fill two blocks, so that any continuation
 * keeps the collision: `FIRST ‖ x` and `SECOND ‖ x` have one MD5 too.
 */
const FIRST = Buffer.from(
  'd131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f89' +
    '55ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5b' +
    'd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0' +
    'e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70',
  'hex',
)
const SECOND = Buffer.from(
  'd131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f89' +
    '55ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5b' +
    'd8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0' +
    'e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70',
  'hex',
)

/** The two strings, each with the same continuation. */
export function collidingPair(suffix: Uint8Array = new Uint8Array()): readonly [Buffer, Buffer] {
  return [Buffer.concat([FIRST, suffix]), Buffer.concat([SECOND, suffix])]
}

/** Other octets with the MD5 of these; `undefined` when they begin with neither string of the pair. */
export function sameMd5(bytes: Uint8Array): Uint8Array | undefined {
  const head = Buffer.from(bytes.subarray(0, FIRST.length))
  const [first, second] = collidingPair(bytes.subarray(FIRST.length))
  if (head.equals(FIRST)) return second

  return head.equals(SECOND) ? first : undefined
}
