const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

/** `content-type` → `Content-Type`. A name that no header can have stays as it is. */
export function canonicalHeader(name: string): string {
  if (!TOKEN.test(name)) return name;
  return name.toLowerCase().replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}
