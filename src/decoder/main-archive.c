/* imprimatur-decoder-archive: unpacks archives that nobody has reason to trust. See DESIGN.md. It
 * is started by src/decode with the control socket as descriptor 3. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "imp-archive-child.h"
#include "imp-zygote.h"

#define CONTROL 3

int
main (int argc, char **argv)
{
  const struct rlimit no_core = { 0, 0 };
  int type = 0;
  socklen_t length = sizeof type;

  if (argc != 1 || getsockopt (CONTROL, SOL_SOCKET, SO_TYPE, &type, &length) != 0
      || type != SOCK_SEQPACKET)
    {
      fputs ("imprimatur-decoder-archive is started by imprimatur and imprimatur-cli, not by "
             "hand\n",
             stderr);
      return 2;
    }
  if (setrlimit (RLIMIT_CORE, &no_core) != 0)
    return 1;
  /* libarchive turns the time of each entry into the local one, for which the C library looks at
   * the time zone's file each time, unless the zone is said. */
  g_setenv ("TZ", "UTC0", TRUE);
  tzset ();
  imp_archive_child_initialise ();
  return imp_zygote_run (CONTROL, imp_archive_child_run);
}
