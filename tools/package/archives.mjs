// The two files that are handed out. The same contents give the same bytes: names sorted, one time, one owner.
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { NAME } from './contents.mjs';

const LINUX = inProject('tools/package/linux');
/** Debian's names for what the runtime is linked with, the older ones and those since time became 64 bits wide. */
const DEPENDS = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libasound2t64 | libasound2',
  'libnss3',
  'libgbm1',
  'libnotify4',
  'libusb-1.0-0',
  'libudev1',
];

/** Seconds since 1970, as SOURCE_DATE_EPOCH names it; of the first release where it is not set. */
export const epoch = () => process.env.SOURCE_DATE_EPOCH ?? '1790000000';

const sameEverywhere = () => [
  '--sort=name',
  `--mtime=@${epoch()}`,
  '--owner=0',
  '--group=0',
  '--numeric-owner',
  '--format=posix',
  '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime',
];

/** @param {string} contents as fillContents left them @param {string} file to write */
export async function makeTarball(contents, file) {
  const inside = `s,^\\.,${NAME},`;
  await runOrFail('Making the .tar.zst', 'tar', [
    ...sameEverywhere(),
    `--transform=${inside}`,
    '--use-compress-program=zstd -12 -T2',
    '-cf',
    file,
    '-C',
    contents,
    '.',
  ]);
}

/** @param {string} contents @param {{ version: string, file: string, work: string }} options `work` is an empty folder */
export async function makeDeb(contents, { version, file, work }) {
  const root = path.join(work, 'root');
  const put = (from, to, mode = 0o644) => {
    const at = path.join(root, to);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.copyFileSync(path.join(LINUX, from), at);
    fs.chmodSync(at, mode);
  };
  fs.mkdirSync(path.join(root, 'opt'), { recursive: true });
  fs.cpSync(contents, path.join(root, 'opt', NAME), { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
  put('solayer-council.desktop', `usr/share/applications/${NAME}.desktop`);
  put('icon.svg', `usr/share/icons/hicolor/scalable/apps/${NAME}.svg`);
  put('solayer-council', `usr/bin/${NAME}`, 0o755);
  put('postinst', 'DEBIAN/postinst', 0o755);
  fs.mkdirSync(path.join(root, 'usr/share/doc', NAME), { recursive: true });
  fs.copyFileSync(inProject('LICENSE'), path.join(root, 'usr/share/doc', NAME, 'copyright'));
  fs.writeFileSync(path.join(root, 'DEBIAN/control'), control(version, sizeOf(contents)));
  await runOrFail(
    'Making the .deb',
    'dpkg-deb',
    ['--root-owner-group', '-Zzstd', '-z12', '--threads-max=2', '--build', root, file],
    { env: { ...process.env, SOURCE_DATE_EPOCH: epoch() } },
  );
}

const control = (version, bytes) => `Package: ${NAME}
Version: ${version}
Architecture: amd64
Maintainer: Solayer council console <council@solayer.invalid>
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: ${DEPENDS.join(', ')}
Recommends: xdg-utils
Section: utils
Priority: optional
Description: Council console of Solayer
 Drafts, checks and executes Solayer Improvement Proposals through Squads. Every
 console compiles the text again and compares each byte before anyone signs.
`;

function sizeOf(at) {
  const stat = fs.lstatSync(at);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(at).reduce((sum, name) => sum + sizeOf(path.join(at, name)), 0);
}
