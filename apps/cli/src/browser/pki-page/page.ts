import { type PkiSamples, useSamples } from './use-samples.ts'

const output = document.createElement('output')
try {
  const samples: PkiSamples = await (await fetch('/samples.json')).json()
  output.textContent = JSON.stringify(await useSamples(samples))
} catch (error) {
  output.textContent = JSON.stringify({ failure: String(error) })
}
document.body.append(output)
