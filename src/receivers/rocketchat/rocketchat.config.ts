/** Settings of `rocketchat_configs`. The keys of actions are written as Alertmanager's decoder sees them, without underscores. */
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, bool, entry, list, object, path, secret, template, url } from '../../config/schema/index.js';

const shown = { alwaysPrinted: true } as const;

const fieldSchema = object('rocketchat.RocketchatAttachmentField', {
  short: bool({ ...shown, help: 'Short enough to stand beside another; short_fields when unset.' }),
  title: template({ ...shown, help: 'Title.' }),
  value: template({ ...shown, help: 'Value.' }),
});

const actionSchema = object('rocketchat.RocketchatAttachmentAction', {
  type: template({ ...shown, help: 'Type.' }),
  text: template({ ...shown, help: 'Text.' }),
  url: template({ ...shown, help: 'Link.' }),
  imageurl: template({ ...shown, help: 'Picture.' }),
  iswebview: bool({ ...shown, default: false, help: 'Open inside the client.' }),
  webviewheightratio: template({ ...shown, help: 'Height inside the client.' }),
  msg: template({ ...shown, help: 'Message to send.' }),
  msginchatwindow: bool({ ...shown, default: false, help: 'Send the message to the channel.' }),
  msgprocessingtype: template({ ...shown, help: 'sendMessage or respondWithMessage.' }),
});

const fields = {
  send_resolved: sendResolved(false),
  http_config: httpConfig(),
  api_url: inherited<string>(url({ help: 'Server; the global rocketchat_api_url when unset.' })),
  token_id: secret({ emptyCounts: true, help: 'User id; the global rocketchat_token_id when unset.' }),
  token_id_file: path({ help: 'File with the user id, read when the integration is built.' }),
  token: secret({ emptyCounts: true, help: 'Token; the global rocketchat_token when unset.' }),
  token_file: path({ help: 'File with the token, read when the integration is built.' }),
  channel: template({ help: 'Channel.' }),
  color: template({ default: '{{ if eq .Status "firing" }}red{{ else }}green{{ end }}', help: 'Colour.' }),
  title: template({ default: '{{ template "rocketchat.default.title" . }}', help: 'Title, 1024 characters.' }),
  title_link: template({ default: '{{ template "rocketchat.default.titlelink" . }}', help: 'Link of the title.' }),
  text: template({ default: '{{ template "rocketchat.default.text" . }}', help: 'Text.' }),
  fields: list(entry(fieldSchema), { goType: '[]*rocketchat.RocketchatAttachmentField', help: 'Table of fields.' }),
  short_fields: bool({ default: false, alwaysPrinted: true, help: 'Fields are short unless they say otherwise.' }),
  emoji: template({ default: '{{ template "rocketchat.default.emoji" . }}', help: 'Emoji to show.' }),
  icon_url: template({ default: '{{ template "rocketchat.default.iconurl" . }}', help: 'Picture to show.' }),
  image_url: template({ help: 'Picture.' }),
  thumb_url: template({ help: 'Small picture.' }),
  link_names: bool({ default: false, alwaysPrinted: true, help: 'Accepted, without effect.' }),
  actions: list(entry(actionSchema), { goType: '[]*rocketchat.RocketchatAttachmentAction', help: 'Buttons.' }),
};
export type RocketchatSettings = Infer<typeof fields>;

export const rocketchatConfig = receiver('rocketchat.RocketchatConfig', fields, {
  order: { printed: 17, checked: 17 },
  nullIsEmpty: true,
  check(settings, report) {
    const token = [
      ['token', settings.token],
      ['token_file', settings.tokenFile],
    ] as const;
    const tokenId = [
      ['token_id', settings.tokenId],
      ['token_id_file', settings.tokenIdFile],
    ] as const;
    refuseSeveral(report, token, 'at most one of token & token_file must be configured');
    refuseSeveral(report, tokenId, 'at most one of token_id & token_id_file must be configured');
  },
  inherit(settings, global, report) {
    // What the receiver says itself wins, whichever way it is given.
    const ownId = settings.tokenId ?? settings.tokenIdFile;
    const tokenId = ownId ? settings.tokenId : global.rocketchatTokenId;
    const tokenIdFile = ownId ? settings.tokenIdFile : global.rocketchatTokenIdFile;
    if (!(tokenId ?? tokenIdFile)) {
      report(
        'missing-value',
        'token_id',
        'no global Rocketchat TokenID set either inline or in a file',
        'add token_id',
      );
    }
    const own = settings.token ?? settings.tokenFile;
    const token = own ? settings.token : global.rocketchatToken;
    const tokenFile = own ? settings.tokenFile : global.rocketchatTokenFile;
    if (!(token ?? tokenFile)) {
      report('missing-value', 'token', 'no global Rocketchat Token set either inline or in a file', 'add token');
    }
    // Both may be null in the file; then there is no address to print, and sending fails.
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.rocketchatApiUrl;
    return { ...withGlobalHttp(settings, global), apiUrl: apiUrl as string, tokenId, tokenIdFile, token, tokenFile };
  },
});
