/** Who a mail is from and for: the addresses alone, as the envelope wants them. Display names are for the headers. */
import addressparser from 'nodemailer/lib/addressparser';

import { SendFailed, rejected } from '../kit/failures.js';

/** Local part and domain without spaces or brackets; more is for the server to judge. */
const ADDRESS = /^[^\s<>@]+(?:@|.*@)[^\s<>@]+$/;

/** Elements of the list may be empty. `what` is the setting's name. */
export function parseAddresses(text: string, what: string): readonly string[] {
  const addresses = addressparser(text, { flatten: true }).map(({ address = '' }) => address);
  if (addresses.length === 0) throw refused(what, 'mail: no address');
  if (!addresses.every((address) => ADDRESS.test(address))) throw refused(what, "mail: missing '@' or angle-addr");
  return addresses;
}

export function parseSender(text: string): string {
  const [address, ...others] = parseAddresses(text, 'from');
  if (address !== undefined && others.length === 0) return address;
  throw new SendFailed(rejected(`must be exactly one 'from' address (got: ${others.length + 1})`));
}

const refused = (what: string, why: string): SendFailed =>
  new SendFailed(rejected(`parse '${what}' addresses: ${why}`));
