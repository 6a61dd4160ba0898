/** Placeholder face of the outbound HTTP client. */
export interface HttpClientFactory {
  readonly __face?: never;
}
