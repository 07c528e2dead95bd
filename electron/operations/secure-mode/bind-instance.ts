import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { InstanceLayer } from '#shared/secure-mode.ts';
import type { Change, Draft } from '../change.ts';

export interface BindInput {
  readonly layer: InstanceLayer;
  readonly reason: string;
}

/** Placeholder until the operation is written. */
export class BindInstance implements Change<BindInput> {
  constructor(_parts: unknown) {}

  async plan(_input: BindInput): Promise<Result<Draft>> {
    return await Promise.resolve(failed(failure('not-allowed', { why: 'Not built yet.' })));
  }
}
