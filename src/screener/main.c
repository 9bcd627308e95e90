/* imprimatur-screener: looks for what may identify somebody in pictures, for the programs that show
 * them. See DESIGN.md. It is started by src/screen with the control socket as descriptor 3. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "imp-codes.h"
#include "imp-faces.h"
#include "imp-reader.h"
#include "imp-screening.h"
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
      fputs ("imprimatur-screener is started by imprimatur and imprimatur-cli, not by hand\n",
             stderr);
      return 2;
    }
  if (setrlimit (RLIMIT_CORE, &no_core) != 0 || !imp_reader_start ())
    return 1;
  imp_codes_start ();
  imp_faces_start ();
  return imp_zygote_run (CONTROL, imp_screening_run);
}
