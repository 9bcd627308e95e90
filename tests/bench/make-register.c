/* Makes a big synthetic register to try things on. Usage: make-register REGISTER KEY-FILE [PEOPLE]
 */
#include <stdlib.h>

#include "made-register.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = NULL;
  ImpKey key = { IMP_KEY_FILE, NULL, NULL };

  if (argc < 3)
    {
      g_printerr ("Usage: %s REGISTER KEY-FILE [PEOPLE]\n", argv[0]);
      return 1;
    }
  key.key_file = argv[2];
  store = imp_store_create (argv[1], &key, &error);
  if (store != NULL
      && made_register_fill (store, argc > 3 ? (guint)atoi (argv[3]) : 300000, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
