/** Every kind in many settings, and what its provider may answer. */
import type { Variant } from '../variant.js';
import { CHAT_VARIANTS } from './chat.js';
import { EMAIL_VARIANTS } from './email.js';
import { HTTP_VARIANTS } from './http.js';
import { PAGING_VARIANTS } from './paging.js';
import { WEBHOOK_VARIANTS } from './webhook.js';

export const VARIANTS: readonly Variant[] = [
  ...WEBHOOK_VARIANTS,
  ...HTTP_VARIANTS,
  ...CHAT_VARIANTS,
  ...PAGING_VARIANTS,
  ...EMAIL_VARIANTS,
];
