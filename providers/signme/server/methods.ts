/** Whose signature is asked for: Sign.Me has one way to sign, and two kinds of signers (spec §4.1). */
export const signmeMethods = Object.freeze(['PERSON', 'COMPANY'] as const)

export type SignmeMethod = (typeof signmeMethods)[number]

export function isSignmeMethod(method: string): method is SignmeMethod {
  return signmeMethods.some((each) => each === method)
}
