/** Turns whatever a promise rejects with into an `ApiError`, so that no pane has to guess. */
import type { ApiError } from './bindings/ApiError';
import type { ApiErrorView } from './bindings/ApiErrorView';

/** An error as the panes show it; `params` are missing where only a stored view is at hand. */
export type Problem = ApiErrorView & { params?: { [key in string]?: string } };

/** Reads a rejection. What is no `ApiError` (a bug of the window itself) becomes `internal`. */
export function asProblem(thrown: unknown): Problem {
  if (isApiError(thrown)) return thrown;
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

function isApiError(thrown: unknown): thrown is ApiError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown;
}
