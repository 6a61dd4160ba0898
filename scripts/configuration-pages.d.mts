import type { ReceiverKind } from '../src/receivers/receiver.js';
import type { ObjectSchema } from '../src/config/schema/index.js';

export interface ConfigurationSchemas {
  readonly root: ObjectSchema<unknown>;
  readonly web: ObjectSchema<unknown>;
  readonly kinds: readonly ReceiverKind[];
}

export function configurationPages(schemas: ConfigurationSchemas): Map<string, string>;
