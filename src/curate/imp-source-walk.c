#include "imp-source-walk.h"

#include <string.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-source-item-private.h"

#define MAX_DEPTH 64u
#define WANTED                                                                                     \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE                                \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK                          \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN

typedef struct
{
  GPtrArray *items; /* borrowed: of ImpSourceItem */
  guint n_hidden;
  GCancellable *cancellable; /* nullable */
} Walk;

static ImpSourceItem *
add (GPtrArray *items, GFile *file, const char *name, const char *problem)
{
  ImpSourceItem *item = imp_source_item_new (file, name);

  if (problem != NULL)
    imp_source_item_set_problem (item, problem);
  g_ptr_array_add (items, item);
  return item;
}

static gboolean
check_bounds (const Walk *walk, GError **error)
{
  if (walk->items->len < IMP_SOURCE_MAX_FILES)
    {
      if (!g_cancellable_is_cancelled (walk->cancellable))
        return TRUE;
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Listing was stopped"));
      return FALSE;
    }
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                       _ ("The folder holds more than 100,000 files: open the folders in it one by "
                          "one"));
  return FALSE;
}

static gboolean walk_folder (Walk *walk, GFile *folder, const char *name, guint depth,
                             GError **error);

static gboolean
take (Walk *walk, GFile *file, GFileInfo *info, const char *name, guint depth, GError **error)
{
  if (g_file_info_get_is_symlink (info))
    add (walk->items, file, name,
         _ ("This is a link, which is not followed: open what it leads to"));
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    add (walk->items, file, name, NULL);
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    add (walk->items, file, name, _ ("This is a device or a pipe, not a picture file"));
  else if (depth >= MAX_DEPTH)
    add (walk->items, file, name, _ ("This folder lies too deep: open it by itself"));
  else
    return walk_folder (walk, file, name, depth + 1, error);
  return TRUE;
}

static gboolean
walk_folder (Walk *walk, GFile *folder, const char *name, guint depth, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (folder, WANTED, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, &local);
  GFileInfo *info = NULL;
  GFile *child = NULL;

  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, NULL, &local)
         && info != NULL)
    {
      g_autofree char *own = g_filename_display_name (g_file_info_get_name (info));
      g_autofree char *full = *name != '\0' ? g_strconcat (name, "/", own, NULL) : g_strdup (own);

      if (!check_bounds (walk, error))
        return FALSE;
      if (g_file_info_get_is_hidden (info))
        walk->n_hidden++;
      else if (!take (walk, child, info, full, depth, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  /* The system's message may name the folder, which may be called after somebody. */
  add (walk->items, folder, *name != '\0' ? name : ".",
       g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
           ? _ ("This folder cannot be read: you are not allowed to")
           : _ ("This folder cannot be read to its end"));
  return TRUE;
}

/**
 * imp_source_walk_folder:
 * @folder: a local folder
 * @items: (element-type ImpSourceItem): gets an item for each file below it; what is no plain file
 *   has its problem
 * @n_hidden: (inout): how many files and folders were passed by, as their names begin with a dot
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Links are not followed, so none leads in a circle, or out of @folder. Blocks.
 *
 * Returns: whether all was walked; else %IMP_ERROR_UNSUPPORTED (too many files) or
 *   %IMP_ERROR_CANCELLED
 */
gboolean
imp_source_walk_folder (GFile *folder, GPtrArray *items, guint *n_hidden, GCancellable *cancellable,
                        GError **error)
{
  Walk walk = { items, *n_hidden, cancellable };
  gboolean done = walk_folder (&walk, folder, "", 0, error);

  *n_hidden = walk.n_hidden;
  return done;
}

/**
 * imp_source_walk_is_hidden:
 * @name: with "/" between its parts
 *
 * Returns: whether a part of it begins with a dot and says more than "here" or "up", or is what
 *   macOS adds to archives
 */
gboolean
imp_source_walk_is_hidden (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if ((parts[i][0] == '.' && strcmp (parts[i], ".") != 0 && strcmp (parts[i], "..") != 0)
        || strcmp (parts[i], "__MACOSX") == 0)
      return TRUE;
  return FALSE;
}

static GFileType
type_of (GFile *file)
{
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL);
}

/* One part of a name; a disc's names are capitals, which many systems show as small letters. */
static GFile *
step (GFile *folder, const char *part)
{
  g_autofree char *lower = g_ascii_strdown (part, -1);
  g_autoptr (GFile) child = g_file_get_child (folder, part);

  if (type_of (child) == G_FILE_TYPE_UNKNOWN)
    {
      g_object_unref (child);
      child = g_file_get_child (folder, lower);
    }
  return g_steal_pointer (&child);
}

/* Down from the disc's folder, part by part: never up, never through a link. */
static const char *
resolve (GFile *folder, const char *name, GFile **file)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  guint n = g_strv_length (parts);

  *file = g_object_ref (folder);
  for (guint i = 0; i < n; i++)
    {
      GFile *next = NULL;
      GFileType type = G_FILE_TYPE_UNKNOWN;

      if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0 || strcmp (parts[i], "..") == 0)
        return _ ("The disc's index names a file outside of the disc, which is not opened");
      next = step (*file, parts[i]);
      g_set_object (file, next);
      g_object_unref (next);
      type = type_of (*file);
      if (type == G_FILE_TYPE_SYMBOLIC_LINK)
        return _ ("The disc's index leads through a link, which is not followed");
      if (type != (i + 1 < n ? G_FILE_TYPE_DIRECTORY : G_FILE_TYPE_REGULAR))
        return _ ("The disc's index names a file that is not there");
    }
  return NULL;
}

/**
 * imp_source_walk_index:
 * @index: a DICOMDIR
 * @listing: what the helper read in it
 * @items: (element-type ImpSourceItem): gets an item for each file that it names, once; what is
 *   not there, or not inside of the index's own folder, has its problem
 *
 * Blocks.
 */
void
imp_source_walk_index (GFile *index, const ImpListing *listing, GPtrArray *items)
{
  g_autoptr (GFile) folder = g_file_get_parent (index);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; folder != NULL && listing->files[i] != NULL; i++)
    {
      const char *name = listing->files[i];
      g_autoptr (GFile) file = NULL;
      const char *problem = NULL;

      if (!g_hash_table_add (seen, (gpointer)name))
        continue;
      problem = resolve (folder, name, &file);
      add (items, problem != NULL ? index : file, name, problem);
    }
}
