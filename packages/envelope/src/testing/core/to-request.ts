/** The request of a `fetch` call; one that is a request already is handed on as it is. */
export function toRequest(input: Parameters<typeof fetch>[0], init?: RequestInit): Request {
  return input instanceof Request && init === undefined ? input : new Request(input, init)
}
