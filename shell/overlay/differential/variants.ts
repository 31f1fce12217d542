// The option sets that the random scripts run over: what an overlay does differs from each to the next.

import type { FuzzOptions } from './fuzz.ts';

export type Variant = Omit<FuzzOptions, 'seed' | 'operations'>;

const ALL = 'redirect_dir=on,metacopy=on,index=on';

export const variants: Record<string, Variant> = {
  'all defaults': {},
  'redirect_dir=on': { options: 'redirect_dir=on' },
  'metacopy=on': { options: 'metacopy=on' },
  'index=on': { options: 'index=on', links: true },
  'all on': { options: ALL, links: true },
  'redirect_dir=nofollow': { options: 'redirect_dir=nofollow', commitEvery: 250 },
  volatile: { options: 'volatile', lowers: 12 },
  'no upper layer': { upper: false },
  'layers that grow by commits': { lowers: 1, commitEvery: 40 },
  'layers that grow by commits, index=on': { lowers: 1, commitEvery: 40, options: 'index=on', links: true },
  'layers that grow by commits, all on': { lowers: 1, commitEvery: 40, options: ALL },
  'a hundred layers, by commits': { lowers: 1, commitEvery: 10, options: 'redirect_dir=on' },
  'layers that grow by commits, redirect_dir=on,metacopy=on': {
    lowers: 1,
    commitEvery: 40,
    options: 'redirect_dir=on,metacopy=on',
  },
  'odd marks on the disk': { odd: true },
  'odd marks on the disk, redirect_dir=on,metacopy=on': { odd: true, options: 'redirect_dir=on,metacopy=on' },
  'odd marks on the disk, redirect_dir=nofollow': { odd: true, options: 'redirect_dir=nofollow' },
  'odd marks on the disk, index=on, grown by commits': { odd: true, options: 'index=on', commitEvery: 150 },
  'odd marks on the disk, all on': { odd: true, options: ALL },
  'on ext4': { backing: 'ext4', options: 'volatile' },
  'nfs_export=on': { options: 'nfs_export=on', links: true },
  'nfs_export=on,redirect_dir=on': { options: 'nfs_export=on,redirect_dir=on', links: true },
  'layers on several filesystems': { spread: true, links: true },
  'layers on several filesystems, all on, xino=on': { spread: true, options: `${ALL},xino=on`, links: true },
  'by a user without rights': { users: true },
  'by a user without rights, all on': { users: true, options: ALL, links: true },
};
