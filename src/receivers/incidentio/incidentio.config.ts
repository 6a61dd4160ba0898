/** Settings of `incidentio_configs`. */
import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, ownHttpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, goDuration, path, secret, uint, url } from '../../config/schema/index.js';
import { duration } from '../../domain/time/index.js';

const fields = {
  send_resolved: sendResolved(true),
  // Alertmanager leaves the paths in here relative to its working directory.
  http_config: httpConfig({ keepPaths: true }),
  url: url({ required: true, alwaysPrinted: true, help: 'HTTP source of incident.io.' }),
  url_file: path({ alwaysPrinted: true, help: 'File with the URL; instead of url.' }),
  alert_source_token: secret({ help: 'Token of the alert source.' }),
  alert_source_token_file: path({ help: 'File with the token, read when the integration is built.' }),
  max_alerts: uint({ default: 0, alwaysPrinted: true, help: 'Send at most this many alerts; 0 sends all.' }),
  timeout: goDuration({
    default: duration(0),
    bareNumbers: true,
    alwaysPrinted: true,
    help: 'Limit for one attempt; 0 sets none.',
  }),
};
export type IncidentioSettings = Infer<typeof fields>;

export const incidentioConfig = receiver('incidentio.IncidentioConfig', fields, {
  order: { printed: 3, checked: 6 },
  check(settings, report) {
    const sources = [
      ['url', settings.url],
      ['url_file', settings.urlFile],
    ] as const;
    requireOne(report, sources, 'one of url or url_file must be configured');
    refuseSeveral(report, sources, 'at most one of url & url_file must be configured');
    const tokens = [
      ['alert_source_token', settings.alertSourceToken],
      ['alert_source_token_file', settings.alertSourceTokenFile],
    ] as const;
    refuseSeveral(report, tokens, 'at most one of alert_source_token & alert_source_token_file must be configured');
    const own = ownHttpConfig(settings);
    const hasToken = tokens.some(([, value]) => value !== undefined);
    if (hasToken && own?.authorization) {
      const message =
        'cannot specify alert_source_token or alert_source_token_file when using http_config.authorization';
      report('conflicting-values', 'http_config', message, 'keep one of them');
    }
    if (!hasToken && own && !own.authorization) {
      const message =
        'at least one of alert_source_token, alert_source_token_file or http_config.authorization must be configured';
      report('missing-value', undefined, message, 'add alert_source_token');
    }
  },
  inherit: withGlobalHttp,
});
