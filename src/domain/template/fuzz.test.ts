/** Whatever a template holds, it renders or says what is wrong with it. */
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { LabelSet } from '../labels/index.js';
import type { Notification } from '../notify/index.js';
import { Moment, instant } from '../time/index.js';
import { TemplateError, compileTemplates, templateData } from './index.js';

const FRAGMENTS = (
  '{{ }} {{- -}} {{end}} {{else}} {{if {{range {{with {{define {{block {{template {{break}} {{continue}} . $ $x := = , | ( ) ' +
  '"a" `b` \'c\' 1 1.5 0x1 1i nil true .Alerts .Labels .StartsAt .Format .Sub index slice len print printf html js urlquery ' +
  'eq lt and or not call toUpper title join match reReplaceAll stringSlice list append dict tz date toDate toJson humanizeDuration ' +
  'routeLabels safeHtml "%d%s%[3]*.*x" "Europe/Paris" "2006 Jan _2" <a href=" "> <script> </script> <style> \' " ` /* */ // \\ ${ } é 😀 \ud800 \udcff'
).split(' ');

const template = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.constantFrom(' ', '\n'), anyText({ maxLength: 4 })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

/** Actions that parse more often. */
const action = fc
  .array(fc.constantFrom(...FRAGMENTS.slice(14, 80)), { maxLength: 8 })
  .map((parts) => `{{ ${parts.join(' ')} }}`);

const alert = {
  labels: LabelSet.fromObject({ alertname: 'a', x: '\ud800\udcff é' }),
  annotations: LabelSet.EMPTY,
  startsAt: new Moment(instant(0), '1970-01-01T00:00:00Z'),
  endsAt: Moment.ZERO,
  updatedAt: instant(0),
  generatorURL: '',
  timeout: false,
};
const notification: Notification = {
  receiver: 'r',
  groupKey: '{}:{}',
  groupLabels: LabelSet.EMPTY,
  routeLabels: LabelSet.EMPTY,
  reason: 'unknown',
  alerts: [alert],
  flushedAt: instant(0),
  externalURL: '',
  data: {},
};

const compiled = compileTemplates([]);

describe('any text as a template', () => {
  it.each(['text', 'html'] as const)('ends in text or in a template error: %s', (engine) => {
    if (!compiled.ok) throw new Error('the defaults do not parse');
    const data = templateData(notification);
    fc.assert(
      fc.property(
        fc.oneof(
          template,
          fc.array(action, { maxLength: 5 }).map((parts) => parts.join('x')),
        ),
        (text) => {
          try {
            expect(compiled.value[engine](text, data, instant(0)).isWellFormed()).toBe(true);
          } catch (error) {
            if (!(error instanceof TemplateError)) throw error;
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
