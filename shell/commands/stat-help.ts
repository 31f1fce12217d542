// The help text of stat.

export const statHelp = `Usage: stat [OPTION]... FILE...
Show what is known of files or file systems.

  -L, --dereference     look at what symbolic links point to
  -f, --file-system     show the file system that FILE is on
      --cached=MODE     accepted; there are no cached attributes here
  -c  --format=FORMAT   print FORMAT, and a newline, for each FILE
      --printf=FORMAT   print FORMAT with its backslash escapes read, and no
                          newline after it
  -t, --terse           print one short line
      --help        display this help and exit
      --version     output version information and exit

In a FORMAT for files:

  %a   permissions in octal         %A   permissions and type as ls -l has them
  %b   blocks in use                %B   the bytes that %b counts as one
  %d   device number                %D   device number in hexadecimal
  %Hd  its major part               %Ld  its minor part
  %f   the whole mode in hexadecimal
  %F   file type in words
  %g   group ID                     %G   group name
  %h   number of hard links         %i   inode number
  %m   mount point                  %n   file name
  %N   quoted file name, and where a symbolic link points
  %o   best size for input/output   %s   size in bytes
  %r   device a special file means  %R   the same in hexadecimal
  %Hr  its major part               %Lr  its minor part
  %t   major in hexadecimal         %T   minor in hexadecimal
  %u   user ID                      %U   user name
  %w   time of birth, - unknown     %W   the same in seconds, 0 unknown
  %x   last access                  %X   the same in seconds since 1970
  %y   last change of the data      %Y   the same in seconds since 1970
  %z   last change of the status    %Z   the same in seconds since 1970

In a FORMAT for file systems (-f):

  %a   free blocks for users        %b   all blocks
  %c   all inodes                   %d   free inodes
  %f   free blocks                  %i   file system ID in hexadecimal
  %l   longest file name            %n   file name
  %s   block size                   %S   block size that blocks are counted in
  %t   type in hexadecimal          %T   type in words
`;
