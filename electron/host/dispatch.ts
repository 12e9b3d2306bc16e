/**
 * Where requests of a window enter, whatever carries them. Nothing reaches the host that its schema does not describe, and
 * nothing leaves but a Result.
 */
import { hostRequests, type HostApi, type HostMethod } from '../../shared/protocol/host-api';
import { fail, type Result } from '../../shared/result';

const isMethod = (name: string): name is HostMethod =>
  Object.prototype.hasOwnProperty.call(hostRequests, name);

type AnyMethod = (params: unknown) => Promise<Result<unknown>>;

/** `onBug` is told what was thrown; the window only hears that something was. */
export async function dispatch(
  api: HostApi,
  method: string,
  params: unknown,
  onBug: (error: unknown) => void,
): Promise<Result<unknown>> {
  if (!isMethod(method))
    return fail(
      'api/unknown-method',
      `Axonry has no request called ${method.slice(0, 60)}. Reload the window.`,
    );
  const parsed = hostRequests[method].safeParse(params);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(
      'api/bad-request',
      `The request ${method} is not complete: ${[...issue.path.map(String), issue.message].join(': ')}. Reload the window.`,
    );
  }
  try {
    // The schema of this very method has made the parameters.
    return await (api[method] as AnyMethod)(parsed.data);
  } catch (error) {
    onBug(error);
    return fail(
      'host/bug',
      `Axonry made a mistake while it worked on ${method}. What you have is not lost; the terminal says more.`,
    );
  }
}
