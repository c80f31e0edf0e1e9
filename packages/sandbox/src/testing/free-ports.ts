import type { SandboxPorts } from '../start-sandbox.ts'

/** Any free port for every server. */
export const FREE_PORTS: SandboxPorts = {
  console: 0,
  esia: 0,
  epgu: 0,
  signme: 0,
  trust: 0,
  tls: 0,
}
