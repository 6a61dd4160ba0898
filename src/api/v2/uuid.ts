/**
 * Whether the id in a path is a UUID in one of the forms that are accepted: plain, without dashes, in braces, as a URN.
 * Only the plain lower-case form can name a silence, but the others are unknown (404) rather than refused (422).
 */
export const isUuid = (text: string): boolean => UUID.test(text);

const UUID =
  /^(?:[0-9a-f]{32}|(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\})$/i;
