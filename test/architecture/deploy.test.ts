/** What config/deploy starts is a router that this program can be, and one that may do little else. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import { loadConfig } from '../../src/config/index.js';
import { parseServerFlags, refuseOptions } from '../../src/platform/server-flags.js';
import { RECEIVERS } from '../../src/receivers/registry.js';

const read = (name: string): string => readFileSync(new URL(`../../config/deploy/${name}`, import.meta.url), 'utf8');
// A member that is missing fails the test that looks at it.
const manifest = <Shape>(name: string): Shape => parse(read(`kubernetes/${name}.yaml`)) as Shape;

type Labels = Readonly<Record<string, string>>;
type Probe = { readonly httpGet: object };

interface Container {
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string }[];
  readonly volumeMounts: readonly object[];
  readonly securityContext: object;
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
}

interface StatefulSet {
  readonly spec: {
    readonly serviceName: string;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly containers: readonly [Container];
        readonly securityContext: object;
        readonly volumes: readonly object[];
      };
    };
    readonly volumeClaimTemplates: readonly [{ readonly metadata: { readonly name: string } }];
  };
}

interface Service {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly selector: Labels; readonly ports: readonly [{ readonly targetPort: string }] };
}

interface ConfigMap {
  readonly metadata: { readonly name: string };
  readonly data: Readonly<Record<string, string>>;
}

describe('the Kubernetes manifests', () => {
  const statefulSet = manifest<StatefulSet>('statefulset');
  const service = manifest<Service>('service');
  const config = manifest<ConfigMap>('config');
  const { template } = statefulSet.spec;
  const [container] = template.spec.containers;

  it.each([
    [statefulSet, 'apps/v1', 'StatefulSet'],
    [service, 'v1', 'Service'],
    [config, 'v1', 'ConfigMap'],
  ])('are of the right kind', (object, apiVersion, kind) => {
    expect(object).toMatchObject({ apiVersion, kind, metadata: { name: 'tocsin' } });
  });

  it('start with flags that exist', () => {
    expect(refuseOptions(parseServerFlags(container.args))).toBeUndefined();
  });

  it('keep state where the flag says', () => {
    const { storagePath } = parseServerFlags(container.args);
    const [claim] = statefulSet.spec.volumeClaimTemplates;
    expect(container.volumeMounts).toContainEqual({ name: claim.metadata.name, mountPath: storagePath });
  });

  it('mount a configuration that loads', () => {
    const { configFile } = parseServerFlags(container.args);
    const [folder, file] = [configFile.replace(/\/[^/]*$/, ''), configFile.replace(/^.*\//, '')];
    expect(container.volumeMounts).toContainEqual({ name: 'config', mountPath: folder, readOnly: true });
    expect(template.spec.volumes).toEqual([{ name: 'config', configMap: { name: config.metadata.name } }]);
    expect(loadConfig(config.data[file] ?? '', { registry: RECEIVERS })).toMatchObject({ ok: true });
  });

  it('select what they label, at a port that has a name', () => {
    const { labels } = template.metadata;
    expect([statefulSet.spec.selector.matchLabels, service.spec.selector]).toEqual([labels, labels]);
    expect(statefulSet.spec.serviceName).toBe(service.metadata.name);
    expect(container.ports.map(({ name }) => name)).toContain(service.spec.ports[0].targetPort);
  });

  it.each([
    ['startupProbe', '/-/ready'],
    ['readinessProbe', '/-/ready'],
    ['livenessProbe', '/-/healthy'],
  ] as const)('probe: %s asks %s', (probe, path) => {
    expect(container[probe].httpGet).toEqual({ path, port: 'web' });
  });

  it('run as nobody in particular, with nothing to write to but the state', () => {
    expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('the systemd unit', () => {
  const lines = read('tocsin.service').split('\n');
  const valueOf = (key: string): string =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';

  it('starts with flags that exist, and keeps state where it may', () => {
    const options = parseServerFlags(valueOf('ExecStart').split(' ').slice(2));
    expect(refuseOptions(options)).toBeUndefined();
    expect(options.storagePath).toBe(`/var/lib/${valueOf('StateDirectory')}`);
  });

  it.each([
    ['ExecReload', '/bin/kill -HUP $MAINPID'],
    ['DynamicUser', 'yes'],
    ['NoNewPrivileges', 'yes'],
    ['ProtectSystem', 'strict'],
    ['WantedBy', 'multi-user.target'],
  ])('says %s=%s', (key, value) => expect(valueOf(key)).toBe(value));

  it('lets the engine compile', () => expect(valueOf('MemoryDenyWriteExecute')).toBe(''));
});
