import { readWhole } from '@/shared/numbers'

/** What went wrong with a request, in one shape: the server's problem+json, or none when it could not be reached. */
export type Problem = {
  type?: string
  title?: string
  status?: number
  detail?: string
  errors?: Record<string, unknown>
  request_id?: string
  /** The same request with `confirm: true` is accepted. */
  confirmable?: boolean
}

/** `status` 0 means the server was not reached: whether a write happened is then unknown. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem
  readonly retryAfter: number | null

  constructor(status: number, problem: Problem, retryAfter: number | null = null) {
    super(problem.detail || problem.title || `HTTP ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.problem = problem
    this.retryAfter = retryAfter
  }

  get unreachable(): boolean {
    return this.status === 0
  }

  get confirmable(): boolean {
    return this.problem.confirmable === true
  }

  /** Later the same request may succeed: the server, or the service behind it, is away for the moment. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502
  }
}

export function toApiError(error: unknown, response?: Response): ApiError {
  if (error instanceof ApiError) return error
  if (!response) return new ApiError(0, { title: 'Evergreen could not be reached.' })
  const problem = isProblem(error) ? error : { title: response.statusText || `HTTP ${response.status}` }
  return new ApiError(response.status, problem, seconds(response.headers.get('Retry-After')))
}

/** Field errors flattened to dotted paths: `{"allocations.0.amount": "Must be above zero."}`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError) || !error.problem.errors) return {}
  const flat: Record<string, string> = {}
  flatten(error.problem.errors, '', flat)
  return flat
}

function flatten(value: unknown, path: string, into: Record<string, string>) {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) into[path] = value.join(' ')
  else if (typeof value === 'string') into[path] = value
  else if (value && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, into)
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && ('title' in value || 'detail' in value)
}

const seconds = (header: string | null) => readWhole(header ?? '')
