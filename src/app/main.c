#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
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

int
main (int argc, char **argv)
{
  g_autoptr (ImpApplication) application = NULL;

  if (!refuse_dumps ())
    {
      g_printerr ("imprimatur: memory dumps cannot be switched off: %s\n", g_strerror (errno));
      return 6;
    }
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, IMP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = imp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
