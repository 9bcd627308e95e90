/* imprimatur-decoder: reads files that nobody has reason to trust, for the programs that show them.
 * See DESIGN.md. It is started by src/decode with the control socket as descriptor 3. */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "imp-child.h"
#include "imp-document.h"
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
      fputs ("imprimatur-decoder is started by imprimatur and imprimatur-cli, not by hand\n",
             stderr);
      return 2;
    }
  if (setrlimit (RLIMIT_CORE, &no_core) != 0)
    return 1;
  imp_document_initialise ();
  return imp_zygote_run (CONTROL, imp_child_run);
}
