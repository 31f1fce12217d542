// OWNER[:GROUP] as chown and install take it.

import { Accounts } from './accounts.ts';
import type { Owner } from './change-owner.ts';
import type { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

/** The owner a text names; complains and gives undefined where there is no such user or group. */
export const readOwner = async (out: Output, text: string): Promise<Owner | undefined> => {
  const accounts = new Accounts(out.process);
  let separator = text.indexOf(':');
  // POSIX once had a dot there: it is still read where the whole text is no user's name.
  if (separator === -1 && accounts.uid(text) === undefined && text.includes('.')) {
    separator = text.indexOf('.');
    await out.errorText(`${out.name}: warning: '.' should be ':': ${quoteLocale(out.process, text)}\n`);
  }
  const userText = separator === -1 ? text : text.slice(0, separator);
  const groupText = separator === -1 ? undefined : text.slice(separator + 1);
  const uid = userText === '' ? -1 : accounts.uid(userText);
  if (uid === undefined) {
    await out.warn(`invalid user: ${quoteLocale(out.process, text)}`);
    return undefined;
  }
  if (groupText === undefined || (groupText === '' && userText === '')) return { uid, gid: -1, userText };
  if (groupText === '') {
    const user = accounts.userOf(uid);
    if (user && accounts.user(userText))
      return { uid, gid: user.gid, userText, groupText: accounts.groupName(user.gid) };
    await out.warn(`invalid spec: ${quoteLocale(out.process, text)}`);
    return undefined;
  }
  const gid = accounts.gid(groupText);
  if (gid !== undefined) return { uid, gid, userText, groupText };
  await out.warn(`invalid group: ${quoteLocale(out.process, text)}`);
  return undefined;
};
