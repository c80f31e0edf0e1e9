/** A port of Muhr with its sandbox. */
export type PortEntry = {
  readonly variable: string
  readonly standard: number
  readonly purpose: string
}

export const ports: readonly PortEntry[]
export function chosenPort(
  entry: PortEntry,
  env?: Readonly<Record<string, string | undefined>>,
): number | undefined
export function describeTakenPorts(
  host: string,
  env?: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined>
export function tryPort(host: string, port: number): Promise<string | undefined>
export function findPortOwner(
  port: number,
): { readonly pid: number; readonly command: string } | undefined
