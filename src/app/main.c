#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "imp-application.h"
#include "imp-config.h"

/* A core file would hold every pixel that a box covers (leaks.md row 26); without the dumpable
 * flag neither another process of this user nor a crash collector may read them from memory. */
static gboolean
refuse_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  return setrlimit (RLIMIT_CORE, &none) == 0 && prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* Writing to a closed pipe, or beyond a limit on the size of files, then fails with a reason
 * instead of ending the program. */
static void
ignore_write_signals (void)
{
  const struct sigaction ignore = { .sa_handler = SIG_IGN };

  sigaction (SIGPIPE, &ignore, NULL);
  sigaction (SIGXFSZ, &ignore, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (ImpApplication) application = NULL;

  if (!refuse_dumps ())
    {
      g_printerr ("imprimatur: memory dumps cannot be switched off: %s\n", g_strerror (errno));
      return 6;
    }
  ignore_write_signals ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, IMP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = imp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
