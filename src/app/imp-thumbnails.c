#include "imp-thumbnails.h"

#include "imp-error.h"

/* The thumbnail specification of freedesktop.org, "Thumbnail directory". */
static const char *const FOLDERS[] = { "normal", "large", "x-large", "xx-large" };

static GFile *
thumbnail_of (GFile *file, const char *folder)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (digest, ".png", NULL);
  g_autofree char *path =
      g_build_filename (g_get_user_cache_dir (), "thumbnails", folder, name, NULL);

  return g_file_new_for_path (path);
}

/**
 * imp_thumbnails_exist:
 * @file: a file that was opened
 *
 * Returns: whether the user's thumbnail folder has a small copy of it
 */
gboolean
imp_thumbnails_exist (GFile *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (FOLDERS); i++)
    {
      g_autoptr (GFile) thumbnail = thumbnail_of (file, FOLDERS[i]);

      if (g_file_query_exists (thumbnail, NULL))
        return TRUE;
    }
  return FALSE;
}

/**
 * imp_thumbnails_remove:
 * @file: a file that was opened
 * @error: where to put the error
 *
 * Removes the small copies of @file that other programs made, when the user asked for it.
 *
 * Returns: whether none is left; if not, %IMP_ERROR_IO
 */
gboolean
imp_thumbnails_remove (GFile *file, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (FOLDERS); i++)
    {
      g_autoptr (GFile) thumbnail = thumbnail_of (file, FOLDERS[i]);
      g_autoptr (GError) local = NULL;

      if (!g_file_delete (thumbnail, NULL, &local)
          && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_IO, "The small copy cannot be removed: %s",
                       local->message);
          return FALSE;
        }
    }
  return TRUE;
}
