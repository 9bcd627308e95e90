/* People whose names have the words that were typed. */
#include <gio/gio.h>
#include <string.h>

#include "imp-finding-private.h"
#include "imp-register-text.h"

/* Names looked at for one word that was typed, those that fit best first: where it is as common as
 * that, another word has to tell people apart. */
#define MOST_NAMES 20000

/* Of so few people the names are read, instead of everybody's who has a common word in theirs. */
#define FEW_PEOPLE 1500

/* A person whose name fits: source is '' for the name itself, else the id of another name. */
typedef struct
{
  char *person_id;
  char *source;
  ImpFit fit;
} Hit;

static Hit *
hit_new (const char *person_id, const char *source, ImpFit fit)
{
  Hit *hit = g_new0 (Hit, 1);

  hit->person_id = g_strdup (person_id);
  hit->source = g_strdup (source);
  hit->fit = fit;
  return hit;
}

static void
hit_free (Hit *hit)
{
  g_free (hit->person_id);
  g_free (hit->source);
  g_free (hit);
}

static GHashTable *
hits_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)hit_free);
}

/* ---- one word ---- */

typedef struct
{
  GHashTable *fits;   /* gint64 of the word to ImpCandidate, borrowed */
  GHashTable *before; /* nullable: who fits the words before: nobody else counts */
  GHashTable *hits;   /* of Hit by person */
} Gathering;

static void
add_name (ImpRow *row, gpointer user_data)
{
  Gathering *gathering = user_data;
  const char *person_id = imp_row_text (row, 0);
  gint64 word = imp_row_integer (row, 1);
  const char *source = imp_row_text (row, 2);
  const ImpCandidate *candidate = g_hash_table_lookup (gathering->fits, &word);
  const Hit *known = g_hash_table_lookup (gathering->hits, person_id);
  Hit *hit = NULL;

  if (candidate == NULL
      || (gathering->before != NULL && !g_hash_table_contains (gathering->before, person_id))
      || (known != NULL
          && (known->fit.score < candidate->fit.score
              || (known->fit.score == candidate->fit.score && *known->source == '\0'))))
    return;
  hit = hit_new (person_id, source, candidate->fit);
  g_hash_table_replace (gathering->hits, hit->person_id, hit);
}

static gint64
count_uses (const GArray *words)
{
  gint64 n_uses = 0;

  for (guint i = 0; i < words->len; i++)
    n_uses += g_array_index (words, ImpCandidate, i).uses;
  return n_uses;
}

static void
append_ids (GString *ids, GHashTable *people)
{
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_string_append_printf (ids, "%s\"%s\"", ids->len > 1 ? "," : "", (const char *)key);
}

/* Who has one of @words in a name. */
static GHashTable *
gather (ImpRegister *self, GArray *words, GHashTable *before, GError **error)
{
  g_autoptr (GHashTable) fits = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) hits = hits_new ();
  Gathering gathering = { fits, before, hits };
  g_autoptr (GString) ids = g_string_new ("[");
  gboolean few = before != NULL && g_hash_table_size (before) <= FEW_PEOPLE;
  gint64 n_uses = 0;

  for (guint i = 0; i < words->len && (i == 0 || few || n_uses < MOST_NAMES); i++)
    {
      ImpCandidate *candidate = &g_array_index (words, ImpCandidate, i);

      g_hash_table_insert (fits, &candidate->id, candidate);
      if (!few)
        g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", candidate->id);
      n_uses += candidate->uses;
    }
  if (few)
    append_ids (ids, before);
  g_string_append_c (ids, ']');
  if (!imp_register_query (self, error,
                           few ? "SELECT person_id, word_id, source FROM person_word "
                                 "WHERE person_id IN (SELECT value FROM json_each(?)) LIMIT ?"
                               : "SELECT person_id, word_id, source FROM person_word "
                                 "WHERE word_id IN (SELECT value FROM json_each(?)) LIMIT ?",
                           g_variant_new ("(sx)", ids->str, (gint64)2 * MOST_NAMES), add_name,
                           &gathering))
    return NULL;
  return g_steal_pointer (&hits);
}

/* ---- all words ---- */

static int
compare_lists (gconstpointer a, gconstpointer b)
{
  gint64 first = count_uses (*(GArray *const *)a);
  gint64 second = count_uses (*(GArray *const *)b);

  return first < second ? -1 : first > second;
}

/* What fits each word, the rarest first. */
static GPtrArray *
list_words (ImpRegister *self, GPtrArray *typed, gboolean nearly, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);

  for (guint i = 0; i < typed->len; i++)
    {
      GArray *words = imp_finding_list_words (self, g_ptr_array_index (typed, i), nearly, error);

      if (words == NULL)
        return NULL;
      g_ptr_array_add (lists, words);
    }
  g_ptr_array_sort (lists, compare_lists);
  return g_steal_pointer (&lists);
}

static void
merge (GHashTable *hits, GHashTable *before)
{
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, hits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Hit *hit = value;
      const Hit *known = g_hash_table_lookup (before, hit->person_id);

      hit->fit.score += known->fit.score;
      hit->fit.match = MAX (hit->fit.match, known->fit.match);
      if (*hit->source == '\0' && *known->source != '\0')
        {
          g_free (hit->source);
          hit->source = g_strdup (known->source);
        }
    }
}

/* Who fits every word. */
static GHashTable *
gather_all (ImpRegister *self, GPtrArray *lists, GError **error)
{
  g_autoptr (GHashTable) hits = NULL;

  for (guint i = 0; i < lists->len; i++)
    {
      g_autoptr (GHashTable) more = gather (self, g_ptr_array_index (lists, i), hits, error);

      if (more == NULL)
        return NULL;
      if (hits != NULL)
        merge (more, hits);
      g_clear_pointer (&hits, g_hash_table_unref);
      hits = g_steal_pointer (&more);
    }
  return g_steal_pointer (&hits);
}

/* ---- who they are ---- */

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *first = *(Hit *const *)a;
  const Hit *second = *(Hit *const *)b;

  if (first->fit.score != second->fit.score)
    return first->fit.score < second->fit.score ? -1 : 1;
  return strcmp (first->person_id, second->person_id);
}

/* The best of those who were not found before. */
static GPtrArray *
choose (GHashTable *hits, GHashTable *ids, guint limit)
{
  GPtrArray *best = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, hits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!g_hash_table_contains (ids, ((Hit *)value)->person_id))
      g_ptr_array_add (best, value);
  g_ptr_array_sort (best, compare_hits);
  if (best->len > limit)
    g_ptr_array_set_size (best, (int)limit);
  return best;
}

typedef struct
{
  ImpPerson *person;
  char *folded;
  const Hit *hit;
} Namesake;

static void
namesake_clear (Namesake *namesake)
{
  imp_person_free (namesake->person);
  g_free (namesake->folded);
}

static int
compare_namesakes (gconstpointer a, gconstpointer b)
{
  const Namesake *first = a;
  const Namesake *second = b;
  int by_name = strcmp (first->folded, second->folded);

  if (first->hit->fit.score != second->hit->fit.score)
    return first->hit->fit.score < second->hit->fit.score ? -1 : 1;
  return by_name != 0 ? by_name : strcmp (first->person->id, second->person->id);
}

typedef struct
{
  GHashTable *hits;
  GArray *people; /* Namesake */
} Reading;

static void
add_namesake (ImpRow *row, gpointer user_data)
{
  Reading *reading = user_data;
  ImpPerson *person = imp_register_make_person (row);
  Namesake namesake = { person, imp_register_text_fold_name (person->name),
                        g_hash_table_lookup (reading->hits, person->id) };

  g_array_append_val (reading->people, namesake);
}

static GArray *
read_people (ImpRegister *self, GHashTable *hits, GPtrArray *best, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (Namesake));
  Reading reading = { hits, people };
  g_autoptr (GString) ids = g_string_new ("[");

  g_array_set_clear_func (people, (GDestroyNotify)namesake_clear);
  for (guint i = 0; i < best->len; i++)
    g_string_append_printf (ids, "%s\"%s\"", i > 0 ? "," : "",
                            ((Hit *)g_ptr_array_index (best, i))->person_id);
  g_string_append_c (ids, ']');
  if (!imp_register_query (self, error,
                           "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person "
                           "WHERE id IN (SELECT value FROM json_each(?))",
                           g_variant_new ("(s)", ids->str), add_namesake, &reading))
    return NULL;
  g_array_sort (people, compare_namesakes);
  return g_steal_pointer (&people);
}

/**
 * imp_finding_add:
 * @found: (element-type ImpFound): who was found
 * @ids: their ids
 * @person: (transfer full): one more
 * @match: why
 * @alias: (nullable): by which other name
 *
 * Adds somebody, once.
 */
void
imp_finding_add (GPtrArray *found, GHashTable *ids, ImpPerson *person, ImpMatch match,
                 const char *alias)
{
  if (g_hash_table_add (ids, g_strdup (person->id)))
    g_ptr_array_add (found, imp_found_new (person, match, alias));
  else
    imp_person_free (person);
}

static gboolean
add_best (ImpRegister *self, GHashTable *hits, guint limit, GPtrArray *found, GHashTable *ids,
          GError **error)
{
  g_autoptr (GPtrArray) best = choose (hits, ids, limit - found->len);
  g_autoptr (GArray) people = best->len > 0 ? read_people (self, hits, best, error) : NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      Namesake *namesake = &g_array_index (people, Namesake, i);
      g_autofree char *alias = NULL;

      if (*namesake->hit->source != '\0'
          && !imp_register_query (self, error, "SELECT name FROM person_alias WHERE id = ?",
                                  g_variant_new ("(s)", namesake->hit->source),
                                  imp_register_take_text, &alias))
        return FALSE;
      imp_finding_add (found, ids, g_steal_pointer (&namesake->person), namesake->hit->fit.match,
                       alias);
    }
  return best->len == 0 || people != NULL;
}

/**
 * imp_finding_add_by_words:
 * @self: a register
 * @typed: (element-type ImpTyped): the words that were typed
 * @limit: how many to find, with those found already
 * @found: (element-type ImpFound): who was found
 * @ids: their ids
 * @error: where to put the error
 *
 * Adds who has all the words in their names: first those who have them as typed, then, where there
 * is room, those whose names sound alike or are spelt nearly so.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_finding_add_by_words (ImpRegister *self, GPtrArray *typed, guint limit, GPtrArray *found,
                          GHashTable *ids, GError **error)
{
  for (guint nearly = 0; nearly < 2 && typed->len > 0 && found->len < limit; nearly++)
    {
      g_autoptr (GPtrArray) lists = list_words (self, typed, nearly == 1, error);
      g_autoptr (GHashTable) hits = lists != NULL ? gather_all (self, lists, error) : NULL;

      if (hits == NULL || !add_best (self, hits, limit, found, ids, error))
        return FALSE;
    }
  return TRUE;
}
