import { readFile } from 'node:fs/promises'
import { parseCertificate } from '@muhr/pki'
import type { Config } from '../config/index.ts'
import { certificatesOf, filesOf, sandboxCaFile } from '../verification/trust.ts'
import type { Finding } from './finding.ts'

const check = 'trust'
const soonMs = 30 * 86_400_000

/** Whether there are anchors, whether they can be read, and whether they are still valid. */
export async function checkTrust(
  config: Pick<Config, 'mode' | 'dataDir' | 'trust'>,
  now: Date,
): Promise<readonly Finding[]> {
  const configured = await readAnchors(config.trust.dir, now)
  const sandbox =
    config.mode === 'sandbox' ? await readAnchors(sandboxCaFile(config.dataDir), now) : undefined
  const isEmpty = configured.count === 0

  return [
    ...configured.findings,
    ...(sandbox?.findings ?? []),
    ...(sandbox === undefined ? [] : [describeSandbox(sandbox.count)]),
    isEmpty && config.mode === 'live'
      ? {
          check,
          result: 'warning',
          message: `There are no anchors in ${config.trust.dir}: no signature can be proven.`,
          advice: 'Add the roots of the national authorities: npx muhr trust add FILE',
        }
      : {
          check,
          result: isEmpty ? 'notice' : 'passed',
          message: `${configured.count} ${configured.count === 1 ? 'anchor' : 'anchors'} in ${config.trust.dir}.`,
        },
  ]
}

function describeSandbox(count: number): Finding {
  return count === 0
    ? { check, result: 'notice', message: 'The test authority will be made at the first start.' }
    : {
        check,
        result: 'passed',
        message: `${count} anchors of the test authority, for the policy "sandbox" alone.`,
      }
}

async function readAnchors(
  place: string,
  now: Date,
): Promise<{ readonly count: number; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = []
  let count = 0

  for (const file of await filesOf(place)) {
    try {
      for (const encoded of certificatesOf(await readFile(file))) {
        count += 1
        const finding = judgeValidity(file, parseCertificate(encoded), now)
        findings.push(...(finding === undefined ? [] : [finding]))
      }
    } catch {
      findings.push({
        check,
        result: 'warning',
        message: `${file} is no certificate that can be read.`,
        advice: 'Replace it by a DER or PEM certificate, or remove it.',
      })
    }
  }

  return { count, findings }
}

function judgeValidity(
  file: string,
  { notBefore, notAfter }: { readonly notBefore: Date; readonly notAfter: Date },
  now: Date,
): Finding | undefined {
  const day = (date: Date) => date.toISOString().slice(0, 10)

  if (now < notBefore) {
    return {
      check,
      result: 'warning',
      message: `The anchor ${file} is valid from ${day(notBefore)} on.`,
      advice: 'If that day is past, the clock of this machine is wrong.',
    }
  }
  if (now > notAfter) {
    return {
      check,
      result: 'notice',
      message: `The anchor ${file} ended on ${day(notAfter)}; older signatures may still need it.`,
    }
  }

  return notAfter.getTime() - now.getTime() < soonMs
    ? {
        check,
        result: 'warning',
        message: `The anchor ${file} ends on ${day(notAfter)}.`,
        advice: 'Ask the authority for its next root and add it: npx muhr trust add FILE',
      }
    : undefined
}
