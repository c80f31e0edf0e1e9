/** A JWT as ESIA makes them, without a signature that anybody checks here. */
export function testJwt(payload: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  return `${part({ ver: 1, typ: 'JWT', sbt: 'access', alg: 'RS256' })}.${part(payload)}.c2ln`
}
