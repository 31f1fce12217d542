// Image IDs: the very digests that a real engine (20.10.24) gave to three images of which everything else is known.

import test from 'ava';
import type { Config } from './config.ts';
import { chainId, sha256 } from './digest.ts';
import { type ChildStep, childConfig, encodeImageConfig, type ImageConfig } from './image-config.ts';

const Env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
const ROOTFS = 'sha256:2a6ba7d3e81e9ff181d1668579953fcbda14ff346cfdf493635cd030cdda0302';
const BASE_FILE = 'sha256:26358d4c6f64041634f58b72b6bb95d3386c6776486885a85e95fc3afe965649';
const EMPTY = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

const make = (
  parent: ImageConfig | undefined,
  Cmd: string[],
  step: Omit<ChildStep, 'command' | 'containerConfig'> & { containerConfig?: Partial<Config> },
) => {
  const config = childConfig(parent, {
    ...step,
    containerConfig: { Env, ...step.containerConfig, Cmd },
    command: Cmd,
  });
  return { config, id: sha256(encodeImageConfig(config)) };
};

test('three images of a real engine', (t) => {
  const add = make(
    undefined,
    [
      '/bin/sh',
      '-c',
      '#(nop) ADD file:960a16d8984a350fc068357d7ef2c3a0fdb21643c3c7adc3c53cf96fa90a3ebd in / ',
    ],
    { config: { Env }, diffId: ROOTFS, created: '2026-11-21T16:24:54.044809434Z' },
  );
  t.is(add.id, 'sha256:212e050ae5203a208df9f4857d67e7fba190ebbca2dc4bdfba2e4f13f8263eae');

  const cmd = make(add.config, ['/bin/sh', '-c', '#(nop) ', 'CMD ["/bin/bash"]'], {
    config: { Env, Cmd: ['/bin/bash'], Image: add.id },
    containerConfig: { Hostname: 'aa819dcd620c', Image: add.id, Labels: {} },
    container: 'aa819dcd620c6398a03e5a57aa698c9a461ea72e4a6bfd83c59f42c52787d65e',
    diffId: EMPTY,
    created: '2026-11-21T16:24:54.664113091Z',
  });
  t.is(cmd.id, 'sha256:dfe6e4d6ee25a14926924728e6d0f7702f7fb746b7fa30b7b21e495e2a817656');

  const run = make(
    cmd.config,
    ['/bin/sh', '-c', 'echo "This is the original file in the base image." > /base_file.txt'],
    {
      config: { Env, Cmd: ['/bin/bash'], Image: cmd.id },
      containerConfig: { Image: cmd.id },
      container: 'fab11dfa9b0e814112d5f0a66b066ebebb0fd55eb723ecd06616654566be61e9',
      diffId: BASE_FILE,
      created: '2026-11-21T16:25:14.729612037Z',
    },
  );
  t.is(run.id, 'sha256:3392ed40b19eac69b9d3a7c1c18aad13616420b7cfb10f7cfea1ffa9b35f1cde');
});

test('the chain of two layers', (t) => {
  t.is(chainId([ROOTFS]), ROOTFS);
  t.is(
    chainId([ROOTFS, BASE_FILE]),
    'sha256:b45d670ee03beb6f12493d4a88a3a84ab11fc7abf82ac49f6f685418a46e039b',
  );
});
