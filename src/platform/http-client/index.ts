export { HttpError, describeNetworkError } from './errors.js';
export { type HttpClientFactoryOptions, createHttpClientFactory } from './factory.js';
export type { HttpClient, HttpClientFactory, HttpClientOptions, HttpRequest, HttpResponse } from './http-client.js';
export type { PlainSocket } from './plain/connection.js';
export type { HttpSettings } from './settings.js';
export { type TlsMaterial, openTls } from './tls.js';
