#include "imp-finding.h"

#include <gio/gio.h>
#include <string.h>

#include "imp-finding-private.h"
#include "imp-register-text.h"

typedef struct
{
  ImpRegister *self;
  GPtrArray *found; /* ImpFound */
  GHashTable *ids;
  ImpMatch match;
  guint limit;
  const char *folded; /* nullable: the name as it was typed */
  GPtrArray *typed;   /* nullable, ImpTyped: words that have to be in the name, too */
} Finding;

static void
add_person (ImpRow *row, gpointer user_data)
{
  Finding *finding = user_data;

  if (finding->found->len < finding->limit)
    imp_finding_add (finding->found, finding->ids, imp_register_make_person (row), finding->match,
                     NULL);
}

/* ---- numbers ---- */

static gboolean
add_by_number (Finding *finding, const char *text, GError **error)
{
  g_autofree char *number = imp_register_text_fold_number (text);
  g_autofree char *digits = imp_register_text_digits (text);
  g_autofree char *number_end = g_strconcat (number != NULL ? number : "", IMP_FINDING_LAST, NULL);
  g_autofree char *digits_end = g_strconcat (digits != NULL ? digits : "", IMP_FINDING_LAST, NULL);
  g_autoptr (GPtrArray) exact = imp_register_list_by_number (finding->self, text, error);

  for (guint i = 0; exact != NULL && i < exact->len; i++)
    imp_finding_add (finding->found, finding->ids, imp_person_copy (g_ptr_array_index (exact, i)),
                     IMP_MATCH_NUMBER, NULL);
  finding->match = IMP_MATCH_NUMBER_BEGINS;
  return exact != NULL
         && (number == NULL
             || imp_register_query (
                 finding->self, error,
                 "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person "
                 "WHERE number_folded >= ? AND number_folded < ? "
                 "ORDER BY number_folded LIMIT ?",
                 g_variant_new ("(ssx)", number, number_end, (gint64)finding->limit), add_person,
                 finding))
         && (digits == NULL
             || imp_register_query (
                 finding->self, error,
                 "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person "
                 "WHERE nhs_number >= ? AND nhs_number < ? "
                 "ORDER BY nhs_number LIMIT ?",
                 g_variant_new ("(ssx)", digits, digits_end, (gint64)finding->limit), add_person,
                 finding))
         && (number == NULL
             || imp_register_query (
                 finding->self, error,
                 "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person WHERE id IN "
                 "(SELECT person_id FROM person_identifier WHERE value_folded >= ? "
                 "AND value_folded < ? ORDER BY value_folded LIMIT ?) "
                 "ORDER BY number_folded",
                 g_variant_new ("(ssx)", number, number_end, (gint64)finding->limit), add_person,
                 finding));
}

/* ---- dates ---- */

/* The name and the day of "Example 3 May 1961"; the name is "" where there is a day only. */
static char *
split_date (const char *text, char **name)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  guint n_words = g_strv_length (words);

  for (guint first = 0; first < n_words; first++)
    {
      g_autofree char *tail = g_strjoinv (" ", words + first);
      g_autofree char *date = n_words - first <= 3 ? imp_register_text_date (tail) : NULL;

      if (date == NULL)
        continue;
      g_clear_pointer (&words[first], g_free);
      *name = g_strjoinv (" ", words);
      for (guint i = first + 1; i < n_words; i++)
        g_free (words[i]);
      return g_steal_pointer (&date);
    }
  return NULL;
}

/* The last two columns are one of the person's other names, where there is one. */
static void
add_born (ImpRow *row, gpointer user_data)
{
  Finding *finding = user_data;
  g_autofree char *folded = imp_register_text_fold_name (imp_row_text (row, 3));
  const char *alias = NULL;
  ImpFit fit = { 0, IMP_MATCH_BORN };

  if (finding->found->len >= finding->limit)
    return;
  if (finding->typed->len > 0 && !imp_finding_fits_name (finding->typed, folded, &fit))
    {
      alias = imp_row_text (row, 12);
      if (alias == NULL || !imp_finding_fits_name (finding->typed, imp_row_text (row, 11), &fit))
        return;
    }
  imp_finding_add (finding->found, finding->ids, imp_register_make_person (row), fit.match, alias);
}

/* Who was born on that day, and has the words of @name in a name where there are any. */
static gboolean
add_by_birth (Finding *finding, const char *born, const char *name, GError **error)
{
  g_autofree char *folded = imp_register_text_fold_name (name);
  g_autoptr (GPtrArray) typed = imp_typed_split (folded);

  finding->match = IMP_MATCH_BORN;
  finding->typed = typed;
  return imp_register_query (
      finding->self, error,
      "SELECT person.id, hospital_number, nhs_number, person.name, born, died, "
      "objects, lacks_capacity, known_to_audience, note, person.created, "
      "person_alias.name_folded, person_alias.name "
      "FROM person LEFT JOIN person_alias ON person_id = person.id "
      "WHERE born = ? ORDER BY person.name_folded, person.id LIMIT ?",
      g_variant_new ("(sx)", born, (gint64)10 * finding->limit), add_born, finding);
}

/* ---- names ---- */

static void
add_beginning (ImpRow *row, gpointer user_data)
{
  Finding *finding = user_data;
  g_autofree char *name = imp_register_text_fold_name (imp_row_text (row, 3));
  char after = name[strlen (finding->folded)];

  finding->match = after == '\0' || after == ' ' ? IMP_MATCH_NAME : IMP_MATCH_NAME_PART;
  add_person (row, finding);
}

static gboolean
add_by_name (Finding *finding, const char *text, GError **error)
{
  g_autofree char *folded = imp_register_text_fold_name (text);
  g_autofree char *end = g_strconcat (folded, IMP_FINDING_LAST, NULL);
  g_autofree char *word_end = g_strconcat (folded, " " IMP_FINDING_LAST, NULL);
  g_autofree char *word = g_strconcat (folded, " ", NULL);
  g_autoptr (GPtrArray) typed = imp_typed_split (folded);
  const char *ranges[][2] = { { folded, word }, { word, word_end }, { word_end, end } };

  finding->folded = folded;
  for (guint i = 0; typed->len > 0 && i < G_N_ELEMENTS (ranges); i++)
    if (finding->found->len < finding->limit
        && !imp_register_query (
            finding->self, error,
            "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person "
            "WHERE name_folded >= ? AND name_folded < ? "
            "ORDER BY name_folded, id LIMIT ?",
            g_variant_new ("(ssx)", ranges[i][0], ranges[i][1], (gint64)finding->limit),
            add_beginning, finding))
      return FALSE;
  return imp_finding_add_by_words (finding->self, typed, finding->limit, finding->found,
                                   finding->ids, error);
}

static gboolean
find (Finding *finding, const char *text, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *born = split_date (text, &name);

  if (*text == '\0')
    return imp_register_query (finding->self, error,
                               "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person "
                               "ORDER BY created DESC, id LIMIT ?",
                               g_variant_new ("(x)", (gint64)finding->limit), add_person, finding);
  return add_by_number (finding, text, error)
         && (born == NULL || add_by_birth (finding, born, name, error))
         && (born != NULL || add_by_name (finding, text, error));
}

/**
 * imp_register_find:
 * @self: a register
 * @text: a number of any kind or its beginning, a name or words of one or their beginnings, a date
 *   of birth, or a name with a date of birth after it; "" for those added last
 * @limit: how many at most
 * @error: where to put the error
 *
 * Finds people, the best first: by number, by birth, by the name as it was typed, by other names,
 * then by names that sound alike or are spelt nearly so. Case, accents and punctuation do not
 * count.
 *
 * Returns: (transfer container) (element-type ImpFound) (nullable): who was found and why, or %NULL
 *   with %IMP_ERROR_USAGE (not UTF-8), %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_find (ImpRegister *self, const char *text, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_found_free);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Finding finding = { self, found, ids, IMP_MATCH_RECENT, limit, NULL, NULL };
  g_autofree char *trimmed = NULL;

  if (!imp_register_check_text (&text, 1, error))
    return NULL;
  trimmed = g_strstrip (g_strdup (text));
  if (!find (&finding, trimmed, error))
    return NULL;
  if (found->len > limit)
    g_ptr_array_set_size (found, (int)limit);
  return g_steal_pointer (&found);
}
