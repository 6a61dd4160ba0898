/** Settings of `mattermost_configs`. */
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, bool, entry, list, nested, object, path, secretUrl, template } from '../../config/schema/index.js';

const fieldSchema = object(
  'mattermost.plain',
  {
    title: template({ default: '', required: true, help: 'Title.' }),
    value: template({ default: '', required: true, help: 'Value.' }),
    short: bool({ help: 'Short enough to stand beside another.' }),
  },
  {
    check(field, report) {
      if (field.title === '')
        report('missing-value', undefined, 'missing title in Mattermost field configuration', 'add title');
      if (field.value === '')
        report('missing-value', undefined, 'missing value in Mattermost field configuration', 'add value');
    },
  },
);

const fieldList = list(entry(fieldSchema), { goType: '[]*mattermost.MattermostField', help: 'Table of fields.' });

const attachmentSchema = object('mattermost.MattermostAttachment', {
  fallback: template({ help: 'Plain text for notifications.' }),
  color: template({ help: 'Colour of the border.' }),
  pretext: template({ help: 'Text above the attachment.' }),
  text: template({ help: 'Text.' }),
  author_name: template({ help: 'Author.' }),
  author_link: template({ help: 'Link of the author.' }),
  author_icon: template({ help: 'Picture of the author.' }),
  title: template({ help: 'Title.' }),
  title_link: template({ help: 'Link of the title.' }),
  fields: fieldList,
  thumb_url: template({ help: 'Small picture.' }),
  footer: template({ help: 'Footer.' }),
  footer_icon: template({ help: 'Picture in the footer.' }),
  image_url: template({ help: 'Picture.' }),
});

const propsSchema = object('mattermost.MattermostProps', {
  card: template({ help: 'Text of the card at the side.' }),
});

const prioritySchema = object('mattermost.MattermostPriority', {
  priority: template({ help: 'urgent, important or standard.' }),
  requested_ack: bool({ default: false, help: 'Ask for an acknowledgement.' }),
  persistent_notifications: bool({ default: false, help: 'Remind until someone acknowledges (urgent only).' }),
});

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  webhook_url: secretUrl({ help: 'Incoming webhook; the global mattermost_webhook_url when unset.' }),
  webhook_url_file: path({ help: 'File with the webhook, read for each notification; instead of webhook_url.' }),
  channel: template({ help: 'Channel instead of the webhook’s.' }),
  username: template({ default: '{{ template "mattermost.default.username" . }}', help: 'Name to show.' }),
  text: template({ default: '{{ template "mattermost.default.text" . }}', help: 'Text.' }),
  fallback: template({
    default: '{{ template "mattermost.default.fallback" . }}',
    help: 'Plain text for notifications.',
  }),
  color: template({ default: '{{ template "mattermost.default.color" . }}', help: 'Colour of the border.' }),
  pretext: template({ help: 'Text above the attachment.' }),
  author_name: template({ help: 'Author.' }),
  author_link: template({ help: 'Link of the author.' }),
  author_icon: template({ help: 'Picture of the author.' }),
  title: template({ default: '{{ template "mattermost.default.title" . }}', help: 'Title.' }),
  title_link: template({ default: '{{ template "mattermost.default.titlelink" . }}', help: 'Link of the title.' }),
  fields: fieldList,
  thumb_url: template({ help: 'Small picture.' }),
  footer: template({ help: 'Footer.' }),
  footer_icon: template({ help: 'Picture in the footer.' }),
  image_url: template({ help: 'Picture.' }),
  icon_url: template({ help: 'Picture to show instead of the webhook’s.' }),
  icon_emoji: template({ help: 'Emoji to show instead of a picture.' }),
  attachments: list(entry(attachmentSchema), {
    goType: '[]*mattermost.MattermostAttachment',
    deprecated: 'the same keys one level up',
    help: 'Attachments, used instead of the keys above.',
  }),
  type: template({ help: 'Type of the post.' }),
  props: nested(propsSchema, { help: 'Properties of the post.' }),
  priority: nested(prioritySchema, { help: 'Priority of the post.' }),
};
export type MattermostSettings = Infer<typeof fields>;

export const mattermostConfig = receiver('mattermost.MattermostConfig', fields, {
  order: { printed: 18, checked: 18 },
  check(settings, report) {
    const sources = [
      ['webhook_url', settings.webhookUrl],
      ['webhook_url_file', settings.webhookUrlFile],
    ] as const;
    refuseSeveral(report, sources, 'at most one of webhook_url & webhook_url_file must be configured');
  },
  inherit(settings, global, report) {
    const complete = withGlobalHttp(settings, global);
    if (settings.webhookUrl ?? settings.webhookUrlFile) return complete;
    const { mattermostWebhookUrl: webhookUrl, mattermostWebhookUrlFile: webhookUrlFile } = global;
    if (!(webhookUrl ?? webhookUrlFile)) {
      report(
        'missing-value',
        undefined,
        'missing webhook_url or webhook_url_file on mattermost_config',
        'add webhook_url',
      );
    }
    return { ...complete, webhookUrl, webhookUrlFile };
  },
});
