/**
 * Prometheus' HTTP service discovery: the routers that take alerts. There is one, under the address that users know.
 *
 * Scheme and path go along as meta labels, for relabelling: the target of a discovery is an address alone.
 */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
]);

export function targetGroups(externalURL: string): readonly TargetGroup[] {
  const { protocol, hostname, port, pathname } = new URL(externalURL);
  const scheme = protocol.slice(0, -1);
  return [
    {
      targets: [`${hostname}:${port || DEFAULT_PORTS.get(scheme)}`],
      labels: { __meta_tocsin_scheme: scheme, __meta_tocsin_path_prefix: pathname.replace(/\/$/, '') },
    },
  ];
}
