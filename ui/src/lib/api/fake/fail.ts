/** An error as the engine would answer it. */
import type { ApiError } from '../bindings/ApiError';
import type { Code } from '../bindings/Code';

export function fail(code: Code, message: string, params: Record<string, string> = {}): ApiError {
  return { code, message, params };
}
