import { compareBytes } from '../../domain/labels/index.js';
import { formatApiTime } from '../../domain/time/index.js';
import type { Answer } from '../server/handler.js';
import { answerJson, answerMessage, jsonText } from './answers.js';
import { labelsJson } from './alert-json.js';
import { type ApiOptions, type StatusFacts, warnOf } from './api.js';
import { inParameter, matchesFilter, parseFilter } from './filters.js';
import type { QueryValues } from './query-values.js';

/** GET /api/v2/status. `uptime` is, in spite of its name, when the process started. */
export function getStatus({ status }: ApiOptions, answer: Answer): void {
  answerJson(answer, 200, `${statusJson(status())}\n`);
}

function statusJson({ cluster, configText, startedAt, build }: StatusFacts): string {
  const peers = [...cluster.peers]
    .sort((a, b) => compareBytes(a.name, b.name))
    .map(({ name, address }) => `{"address":${jsonText(address)},"name":${jsonText(name)}}`);
  const name = cluster.name === '' ? '' : `"name":${jsonText(cluster.name)},`;
  const version = {
    branch: build.branch,
    buildDate: build.buildDate,
    buildUser: build.buildUser,
    goVersion: build.runtimeVersion,
    revision: build.revision,
    version: build.version,
  };
  return (
    `{"cluster":{${name}"peers":[${peers.join(',')}],"status":${jsonText(cluster.status)}},` +
    `"config":{"original":${jsonText(configText)}},"uptime":"${formatApiTime(startedAt)}",` +
    `"versionInfo":${JSON.stringify(version)}}`
  );
}

/** GET /api/v2/receivers: all that are configured, used or not, in the order of the file. */
export function getReceivers({ engine, matcherMode, log }: ApiOptions, answer: Answer, query: QueryValues): void {
  const filter = inParameter(
    'receiver_matchers',
    parseFilter(query.all('receiver_matchers'), matcherMode, warnOf(log)),
  );
  if (!filter.ok) {
    answerMessage(answer, 400, filter.issues[0]?.message ?? '');
    return;
  }
  const receivers = engine.ruleset.config.receivers
    .filter(({ labels }) => matchesFilter(filter.value, labels))
    .map(({ name, labels }) => `{"labels":${labelsJson(labels)},"name":${jsonText(name)}}`);
  answerJson(answer, 200, `[${receivers.join(',')}]\n`);
}
