// The ARGs about platforms that every Dockerfile may declare. cowsh is linux/amd64, and builds for nothing else.

const NATIVE = 'linux/amd64';

export const platformArguments = (target: string | undefined): [name: string, value: string][] =>
  (['BUILD', 'TARGET'] as const).flatMap((side): [string, string][] => {
    const platform = side === 'TARGET' && target !== undefined && !target.includes('$') ? target : NATIVE;
    const [os = '', arch = '', variant = ''] = platform.split('/');
    return [
      [`${side}PLATFORM`, platform],
      [`${side}OS`, os],
      [`${side}ARCH`, arch],
      [`${side}VARIANT`, variant],
    ];
  });
