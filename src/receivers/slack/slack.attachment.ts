/** Fields and buttons of a Slack attachment. */
import { bool, nested, object, template } from '../../config/schema/index.js';

export const fieldSchema = object(
  'config.plain',
  {
    title: template({ default: '', required: true, help: 'Title.' }),
    value: template({ default: '', required: true, help: 'Value.' }),
    short: bool({ help: 'Short enough to stand beside another; short_fields when unset.' }),
  },
  {
    check(field, report) {
      if (field.title === '')
        report('missing-value', undefined, 'missing title in Slack field configuration', 'add title');
      if (field.value === '')
        report('missing-value', undefined, 'missing value in Slack field configuration', 'add value');
    },
  },
);

const confirmSchema = object(
  'config.plain',
  {
    text: template({ default: '', required: true, help: 'Question.' }),
    title: template({ help: 'Title.' }),
    ok_text: template({ help: 'Text of the button that goes on.' }),
    dismiss_text: template({ help: 'Text of the button that does not.' }),
  },
  {
    check(confirm, report) {
      if (confirm.text === '')
        report('missing-value', undefined, 'missing text in Slack confirmation configuration', 'add text');
    },
  },
);

export const actionSchema = object(
  'config.plain',
  {
    type: template({ default: '', required: true, help: 'Type, usually button.' }),
    text: template({ default: '', required: true, help: 'Text.' }),
    url: template({ help: 'Link; then name, value and confirm have no effect.' }),
    style: template({ help: 'default, primary or danger.' }),
    name: template({ help: 'Name for the callback.' }),
    value: template({ help: 'Value for the callback.' }),
    confirm: nested(confirmSchema, { help: 'Ask first.' }),
  },
  {
    check(action, report) {
      if (action.type === '')
        report('missing-value', undefined, 'missing type in Slack action configuration', 'add type');
      if (action.text === '')
        report('missing-value', undefined, 'missing text in Slack action configuration', 'add text');
      if (action.url !== undefined) return { ...action, name: undefined, value: undefined, confirm: undefined };
      if (action.name === undefined) {
        report('missing-value', undefined, 'missing name or url in Slack action configuration', 'add url');
      }
      return action;
    },
  },
);
