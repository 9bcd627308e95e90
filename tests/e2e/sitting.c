/* A sitting at the command line: whoever signs in with the first verb stays signed in for those
 * that follow, as in the window, so that a hundred verbs take one PIN and not a hundred.
 *
 * Reads verbs from standard input, each as its arguments with a tab in between and a line's end,
 * and ends the answer to each, on both outputs, with a line "exit STATUS". All but that is the
 * command line's own code (the linker puts imp_cli_open_gate() below in its place). */
#include <stdio.h>

#include "cli.h"

#undef main

int imp_cli_main (int argc, char **argv);
ImpGate *__real_imp_cli_open_gate (ImpCli *cli, GError **error);
ImpGate *__wrap_imp_cli_open_gate (ImpCli *cli, GError **error);

static ImpGate *open_gate;

ImpGate *
__wrap_imp_cli_open_gate (ImpCli *cli, GError **error)
{
  if (open_gate == NULL)
    open_gate = __real_imp_cli_open_gate (cli, error);
  return open_gate != NULL ? g_object_ref (open_gate) : NULL;
}

int
main (int argc, char **argv)
{
  char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_auto (GStrv) verb = g_strsplit (g_strchomp (line), "\t", -1);
      int status = imp_cli_main ((int)g_strv_length (verb), verb);

      for (int i = 0; i < 2; i++)
        {
          FILE *where = i == 0 ? stderr : stdout;

          fprintf (where, "exit %d\n", status);
          fflush (where);
        }
    }
  g_clear_object (&open_gate);
  free (line);
  return 0;
}
