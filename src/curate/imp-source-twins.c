#include "imp-source-twins.h"

#include <string.h>

typedef char *(*Tell) (const ImpListing *listing);

static void
add_notice (GHashTable *notices, ImpSourceItem *item, guint notice)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (notices, item));

  g_hash_table_insert (notices, item, GUINT_TO_POINTER (before | notice));
}

/* Every item of a group whose members do not all tell the same. What tells nothing contradicts
 * nothing. */
static void
mark_contradictions (GPtrArray *items, GHashTable *notices, Tell group, Tell told, guint notice)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) torn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < items->len; i++)
      {
        const ImpListing *listing = imp_source_item_get_listing (items->pdata[i]);
        g_autofree char *name = listing != NULL ? group (listing) : NULL;
        g_autofree char *value = name != NULL ? told (listing) : NULL;
        const char *before = value != NULL ? g_hash_table_lookup (first, name) : NULL;

        if (name != NULL && pass == 1 && g_hash_table_contains (torn, name))
          add_notice (notices, items->pdata[i], notice);
        else if (pass == 0 && before != NULL && strcmp (before, value) != 0)
          g_hash_table_add (torn, g_steal_pointer (&name));
        else if (pass == 0 && value != NULL && before == NULL)
          g_hash_table_insert (first, g_steal_pointer (&name), g_steal_pointer (&value));
      }
}

/* A name by its letters alone: EXAMPLE^ANNE and Example^Anne^^ are one. */
static char *
fold_name (const ImpListing *listing)
{
  g_autofree char *folded =
      listing->patient_name != NULL ? g_utf8_casefold (listing->patient_name, -1) : NULL;
  GString *letters = NULL;

  if (folded == NULL)
    return NULL;
  letters = g_string_new (NULL);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (letters, g_utf8_get_char (at));
  return g_string_free (letters, letters->len == 0);
}

static char *
tell_born (const ImpListing *listing)
{
  return g_strdup (listing->born);
}

static char *
tell_number (const ImpListing *listing)
{
  return listing->patient_number == NULL
             ? NULL
             : g_strdup_printf ("%s\n%s", listing->patient_number,
                                listing->issuer != NULL ? listing->issuer : "");
}

static char *
tell_name_and_born (const ImpListing *listing)
{
  g_autofree char *name = fold_name (listing);

  return name != NULL && listing->born != NULL ? g_strconcat (name, "\n", listing->born, NULL)
                                               : NULL;
}

static char *
tell_study (const ImpListing *listing)
{
  return g_strdup (listing->study);
}

static char *
tell_day (const ImpListing *listing)
{
  return g_strdup (listing->study_date);
}

/* What may be the same file: the same image by its own word, or as many bytes where it has none. */
static char *
tell_likeness (const ImpListing *listing)
{
  return listing->image != NULL
             ? g_strconcat ("image\n", listing->image, NULL)
             : g_strdup_printf ("%s\n%" G_GUINT64_FORMAT, listing->format, listing->bytes);
}

/* Only what is alike is read to its end. */
static void
compare_bytes (GPtrArray *alike, GHashTable *notices, GCancellable *cancellable)
{
  g_autoptr (GHashTable) by_hash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const ImpListing *listing = imp_source_item_get_listing (alike->pdata[0]);

  for (guint i = 0; i < alike->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      char *hash = imp_source_item_hash_sync (alike->pdata[i], NULL);
      ImpSourceItem *same = hash != NULL ? g_hash_table_lookup (by_hash, hash) : NULL;

      if (same != NULL)
        {
          add_notice (notices, same, IMP_SOURCE_SAME_FILE);
          add_notice (notices, alike->pdata[i], IMP_SOURCE_SAME_FILE);
        }
      if (hash != NULL && same == NULL)
        g_hash_table_insert (by_hash, hash, alike->pdata[i]);
      else
        g_free (hash);
    }
  for (guint i = 0; i < alike->len; i++)
    if (listing->image != NULL && g_hash_table_size (by_hash) > 1)
      add_notice (notices, alike->pdata[i], IMP_SOURCE_SAME_IMAGE);
}

static void
find_same (GPtrArray *items, GHashTable *notices, GCancellable *cancellable)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  GHashTableIter iter;
  GPtrArray *alike = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const ImpListing *listing = imp_source_item_get_listing (items->pdata[i]);
      g_autofree char *likeness = listing != NULL ? tell_likeness (listing) : NULL;

      if (likeness == NULL)
        continue;
      alike = g_hash_table_lookup (groups, likeness);
      if (alike == NULL)
        {
          alike = g_ptr_array_new ();
          g_hash_table_insert (groups, g_steal_pointer (&likeness), alike);
        }
      g_ptr_array_add (alike, items->pdata[i]);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&alike))
    if (alike->len > 1)
      compare_bytes (alike, notices, cancellable);
}

/**
 * imp_source_find_twins:
 * @items: (element-type ImpSourceItem): all of a list
 * @cancellable: (nullable): to stop
 *
 * Reads files to their end where two may be the same. Blocks.
 *
 * Returns: (transfer full): the #ImpSourceNotice of each item that has any
 */
GHashTable *
imp_source_find_twins (GPtrArray *items, GCancellable *cancellable)
{
  GHashTable *notices = g_hash_table_new (g_direct_hash, g_direct_equal);

  mark_contradictions (items, notices, tell_study, tell_number, IMP_SOURCE_SAME_STUDY);
  mark_contradictions (items, notices, tell_study, tell_day, IMP_SOURCE_SAME_STUDY);
  mark_contradictions (items, notices, tell_number, tell_born, IMP_SOURCE_SAME_NUMBER);
  mark_contradictions (items, notices, tell_number, fold_name, IMP_SOURCE_SAME_NUMBER);
  mark_contradictions (items, notices, tell_name_and_born, tell_number, IMP_SOURCE_OTHER_NUMBER);
  find_same (items, notices, cancellable);
  return notices;
}
