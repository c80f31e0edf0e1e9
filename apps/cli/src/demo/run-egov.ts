import type { SandboxReady } from '@muhr/sandbox'
import { type Api, DemoError, type EnvelopeView, waitFor } from './api.ts'
import type { EgovScenario } from './egov-scenarios.ts'
import { makePdf } from './make-pdf.ts'

export type ScenarioResult = {
  readonly state: string
  readonly signings: readonly string[]
  /** HTTP statuses that the phone got for its PUT. */
  readonly answers: readonly number[]
  readonly evidence?: Uint8Array | undefined
}

/**
 * Runs one scenario as its people would: the sender over REST, the citizen on the simulated phone, which
 * is told only the text of the QR code.
 */
export async function runEgovScenario(
  api: Api,
  ready: SandboxReady,
  scenario: EgovScenario,
): Promise<ScenarioResult> {
  const accounts = ready.accounts['egov-mobile']
  const person = accounts.find((account) => account.id === 'person') ?? accounts[0]
  const second = accounts.find((account) => account.id === 'second') ?? accounts[1]
  if (person === undefined || second === undefined) {
    throw new DemoError({
      code: 'demo.no-gateway',
      message: 'The sandbox has no citizens.',
      advice: 'Start it again with npm start.',
    })
  }
  const documents = []
  for (let index = 1; index <= scenario.documents; index += 1) {
    const bytes = makePdf([
      'Muhr sandbox: document to be signed',
      `Scenario ${scenario.name}, document ${index}`,
      `Made ${new Date().toISOString()}`,
      'Test keys: no legal force.',
    ])
    documents.push({ id: (await api.upload(`${scenario.name}-${index}.pdf`, bytes)).id })
  }
  const methods = [{ provider: 'egov-mobile', method: scenario.method }]
  const created = await api.create({
    title: `Demo: ${scenario.name}`,
    documents,
    recipients: [
      { name: person.name, locale: 'kk', identifiers: { iin: person.iin }, methods },
      ...(scenario.second === undefined
        ? []
        : [{ name: second.name, orderGroup: 2, identifiers: { iin: second.iin }, methods }]),
    ],
    send: true,
  })
  const opened = await waitFor(api, created.id, (envelope) => qrOf(envelope) !== undefined)
  const answers = await actOnPhone(ready, {
    text: qrOf(opened) ?? '',
    account: person.id,
    algorithm: scenario.algorithm,
    fault: scenario.fault,
  })
  const ended = await waitFor(
    api,
    created.id,
    (envelope) =>
      scenario.expected === 'sent' ||
      (envelope.state !== 'sent' &&
        (scenario.expected !== 'completed' || envelope.evidence.timestamped)),
  )

  return {
    state: ended.state,
    signings: ended.signings.map((signing) => signing.state),
    answers,
    ...(ended.state === 'completed' ? { evidence: await api.evidence(ended.id) } : {}),
  }
}

function qrOf(envelope: EnvelopeView): string | undefined {
  return envelope.signings[0]?.requests.find((request) => request.state === 'open')?.presentation
    ?.qr
}

async function actOnPhone(
  ready: SandboxReady,
  act: {
    readonly text: string
    readonly account: string
    readonly algorithm: string
    readonly fault: string | undefined
  },
): Promise<readonly number[]> {
  const isCancel = act.fault === 'cancel' || act.fault === 'cancel-with-status'
  const response = await fetch(`${ready.egovMobile.control}/act`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-muhr-sim-secret': ready.control.secret,
    },
    body: JSON.stringify({
      text: act.text,
      account: act.account,
      algorithm: act.algorithm,
      language: 'kk',
      appVersion: 'ios 2.4.1',
      action: isCancel ? 'cancel' : 'sign',
      ...(isCancel
        ? { mode: act.fault === 'cancel' ? 'without-status' : 'with-status' }
        : act.fault === undefined
          ? {}
          : { fault: act.fault }),
    }),
  })
  const body = (await response.json()) as {
    outcome?: { answers: readonly { readonly status: number }[] } | null
    calls?: readonly { readonly status?: number }[]
  }

  return body.outcome?.answers.map((answer) => answer.status) ?? [response.status]
}
