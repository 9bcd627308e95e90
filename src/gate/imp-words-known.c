/* What the register knows of the person, and what the file carries, found again in words. */
#include <glib/gi18n.h>
#include <string.h>

#include "imp-words.h"

#define LEAST_NUMBER 4  /* characters of a number that tell whose it is */
#define LEAST_FUZZY 6   /* letters from which on one of them may be wrong */
#define LEAST_VALUE 4   /* characters of an institution, station or device */
#define LEAST_PART 5    /* letters of one word of it */
#define LEAST_OTHER 10  /* characters of any other value that identifies */
#define MOST_VALUES 400 /* of a file that are looked for */

/* Parts of names that are no name by themselves. */
static const char *const NO_NAMES[] = { "mr",        "mrs",    "ms",  "miss", "mx",  "dr",  "prof",
                                        "sir",       "rev",    "jr",  "sr",   "de",  "da",  "di",
                                        "du",        "van",    "von", "der",  "den", "la",  "le",
                                        "el",        "al",     "bin", "ibn",  "of",  "the", "and",
                                        "professor", "doctor", "phd", "md",   NULL };
/* Words of institutions that are no place by themselves. */
static const char *const NO_PLACES[] = {
  "hospital",   "hospitals",    "infirmary", "royal",      "general",   "university", "clinic",
  "department", "radiology",    "centre",    "center",     "medical",   "health",     "trust",
  "foundation", "imaging",      "children",  "childrens",  "emergency", "outpatient", "outpatients",
  "diagnostic", "district",     "community", "healthcare", "service",   "services",   "station",
  "scanner",    "manufacturer", "system",    "systems",    "digital",   "camera",     "north",
  "south",      "chest",        "theatre",   NULL
};

/* The text without anything but letters and digits, and where each byte of it stood. */
typedef struct
{
  GString *text;
  GArray *start; /* gsize */
  GArray *end;
} Squash;

static void
squash_init (Squash *self, GPtrArray *words)
{
  self->text = g_string_new (NULL);
  self->start = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->end = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint i = 0; i < words->len; i++)
    {
      const ImpWord *word = g_ptr_array_index (words, i);

      g_string_append (self->text, word->folded);
      for (gsize j = 0; word->folded[j] != '\0'; j++)
        {
          g_array_append_val (self->start, word->start);
          g_array_append_val (self->end, word->end);
        }
    }
}

static void
squash_clear (Squash *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->start);
  g_array_unref (self->end);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Squash, squash_clear)

/* Neither blanks nor hyphens hide a value of so many characters. */
static void
find_value (GArray *found, const Squash *squash, const char *value, gsize least, const char *rule,
            const char *why)
{
  g_autofree char *folded = value != NULL ? imp_words_fold (value) : NULL;
  gsize length = folded != NULL ? strlen (folded) : 0;
  const char *at = squash->text->str;

  if (length < least)
    return;
  while ((at = strstr (at, folded)) != NULL)
    {
      gsize first = (gsize)(at - squash->text->str);

      imp_words_add (found, g_array_index (squash->start, gsize, first),
                     g_array_index (squash->end, gsize, first + length - 1), rule, why, TRUE);
      at++;
    }
}

/* Whether @b is @a but for one letter that is missing, too many, another, or changed places with
 * the next. Both are folded, and of bytes: a letter beyond ASCII may count as two. */
static gboolean
is_slip (const char *a, const char *b)
{
  gsize m = strlen (a);
  gsize n = strlen (b);
  gsize same = 0;

  if (m < n)
    return is_slip (b, a);
  if (m - n > 1)
    return FALSE;
  while (same < n && a[same] == b[same])
    same++;
  if (m > n)
    return g_str_equal (a + same + 1, b + same);
  return same == n || g_str_equal (a + same + 1, b + same + 1)
         || (same + 1 < n && a[same] == b[same + 1] && a[same + 1] == b[same]
             && g_str_equal (a + same + 2, b + same + 2));
}

static gboolean
says_part (const ImpWord *word, const char *part)
{
  gsize length = strlen (part);

  if (g_str_equal (word->folded, part))
    return TRUE;
  /* With an s behind it: "Example's", "the Examples". */
  if (length >= LEAST_NUMBER && g_str_has_prefix (word->folded, part)
      && g_str_equal (word->folded + length, "s"))
    return TRUE;
  return length >= LEAST_FUZZY && is_slip (word->folded, part);
}

static int
compare_letters (gconstpointer a, gconstpointer b)
{
  return *(const char *)a - *(const char *)b;
}

static void
sort_letters (GString *letters)
{
  qsort (letters->str, letters->len, 1, compare_letters);
}

/* "P.A.E.", "P A E": single letters in a row that are those of the name, in any order. */
static void
find_initials (GArray *found, GPtrArray *words, GPtrArray *parts, const char *why)
{
  g_autoptr (GString) initials = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    g_string_append_c (initials, ((ImpWord *)g_ptr_array_index (parts, i))->folded[0]);
  if (initials->len < 2)
    return;
  sort_letters (initials);
  for (guint i = 0; i + initials->len <= words->len; i++)
    {
      g_autoptr (GString) run = g_string_new (NULL);

      for (guint j = 0; j < initials->len; j++)
        {
          const ImpWord *word = g_ptr_array_index (words, i + j);

          if (strlen (word->folded) == 1 && word->capital)
            g_string_append (run, word->folded);
        }
      sort_letters (run);
      if (g_string_equal (run, initials))
        imp_words_add (found, ((ImpWord *)g_ptr_array_index (words, i))->start,
                       ((ImpWord *)g_ptr_array_index (words, i + (guint)initials->len - 1))->end,
                       "words:name", why, TRUE);
    }
}

static void
find_name (GArray *found, GPtrArray *words, const Squash *squash, const char *name, const char *why)
{
  g_autoptr (GPtrArray) parts = imp_words_split (name);

  for (guint i = 0; i < parts->len; i++)
    {
      const ImpWord *part = g_ptr_array_index (parts, i);

      if (strlen (part->folded) < 2 || g_strv_contains (NO_NAMES, part->folded))
        continue;
      for (guint j = 0; j < words->len; j++)
        {
          const ImpWord *word = g_ptr_array_index (words, j);

          if (says_part (word, part->folded))
            imp_words_add (found, word->start, word->end, "words:name", why, TRUE);
        }
    }
  find_initials (found, words, parts, why);
  find_value (found, squash, name, LEAST_FUZZY, "words:name", why);
}

/* Every day that stands in a text of digits: YYYYMMDD, or the usual separators between. */
static char *
day_of (const char *value)
{
  g_autofree char *digits = g_strdup (value);
  char *end = digits;

  for (const char *at = value; *at != '\0' && end - digits < 8; at++)
    if (g_ascii_isdigit (*at))
      *end++ = *at;
    else if (strchr ("-./:", *at) == NULL)
      break;
  *end = '\0';
  return strlen (digits) == 8 ? g_steal_pointer (&digits) : NULL;
}

static gboolean
is_like (const char *kind, const char *const *parts)
{
  for (; *parts != NULL; parts++)
    if (strstr (kind, *parts) != NULL)
      return TRUE;
  return FALSE;
}

static void
find_place (GArray *found, GPtrArray *words, const Squash *squash, const char *value,
            const char *rule, const char *why)
{
  g_autoptr (GPtrArray) parts = imp_words_split (value);

  find_value (found, squash, value, LEAST_VALUE, rule, why);
  for (guint i = 0; i < parts->len; i++)
    {
      const ImpWord *part = g_ptr_array_index (parts, i);

      if (g_utf8_strlen (part->folded, -1) < LEAST_PART
          || g_strv_contains (NO_PLACES, part->folded))
        continue;
      for (guint j = 0; j < words->len; j++)
        {
          const ImpWord *word = g_ptr_array_index (words, j);

          if (g_str_equal (word->folded, part->folded))
            imp_words_add (found, word->start, word->end, rule, why, TRUE);
        }
    }
}

/* One value of the file, by what its keyword says it is. */
static void
find_giveaway (GArray *found, GPtrArray *words, const Squash *squash, const ImpGiveaway *giveaway)
{
  static const char *const PEOPLE[] = { "PatientName", "Physician", "Operator", "PersonName",
                                        "person",      "BirthName", "Reviewer", "OtherPatientNames",
                                        "Observer",    "Requester", NULL };
  static const char *const PLACES[] = { "Institution", "Department", "Facility",     "Address",
                                        "Location",    "Residence",  "Organization", NULL };
  static const char *const DEVICES[] = { "Station", "Manufacturer", "ModelName",
                                         "device",  "DeviceName",   NULL };
  static const char *const NUMBERS[] = { "ID", "Number", "Accession", "Serial", NULL };
  static const char *const FREE[] = {
    "Description", "Comments", "Protocol", "text", "Reason", NULL
  };
  const char *kind = giveaway->kind;

  if (giveaway->value == NULL)
    return;
  if (is_like (kind, PEOPLE))
    find_name (found, words, squash, giveaway->value, _ ("a name that the file holds"));
  else if (is_like (kind, PLACES))
    find_place (found, words, squash, giveaway->value, "words:place",
                _ ("a place that the file names"));
  else if (is_like (kind, DEVICES))
    find_place (found, words, squash, giveaway->value, "words:device",
                _ ("a device that the file names"));
  else if (!giveaway->identifies || is_like (kind, FREE))
    return;
  else if (is_like (kind, NUMBERS))
    find_value (found, squash, giveaway->value, LEAST_NUMBER, "words:number",
                _ ("a number that the file holds"));
  else
    find_value (found, squash, giveaway->value, LEAST_OTHER, "words:number",
                _ ("something that the file holds"));
}

/**
 * imp_words_find_known:
 * @found: what was found so far
 * @text: a text in UTF-8
 * @asked: whose picture it is, and what its file carries
 *
 * Finds names and numbers of @asked's people, also misspelt by a letter, without accents, as
 * initials, or with anything between the digits; and the people, places, devices and numbers of its
 * file. Nothing excuses these.
 */
void
imp_words_find_known (GArray *found, const char *text, const ImpWordsAsked *asked)
{
  g_autoptr (GPtrArray) words = imp_words_split (text);
  g_auto (Squash) squash = { 0 };

  squash_init (&squash, words);
  for (guint i = 0; asked->people != NULL && i < asked->people->len; i++)
    {
      const ImpPerson *person = g_ptr_array_index (asked->people, i);

      if (person->name != NULL)
        find_name (found, words, &squash, person->name, _ ("a name of the person"));
      find_value (found, &squash, person->hospital_number, LEAST_NUMBER, "words:number",
                  _ ("a number of the person"));
      find_value (found, &squash, person->nhs_number, LEAST_NUMBER, "words:number",
                  _ ("a number of the person"));
    }
  for (guint i = 0; asked->giveaways != NULL && i < MIN (asked->giveaways->len, MOST_VALUES); i++)
    find_giveaway (found, words, &squash, g_ptr_array_index (asked->giveaways, i));
}

/**
 * imp_words_is_known_day:
 * @day: YYYYMMDD
 * @asked: whose picture it is, and what its file carries
 *
 * Returns: whether it is a day of a person's life in the register, or stands in the file
 */
gboolean
imp_words_is_known_day (const char *day, const ImpWordsAsked *asked)
{
  for (guint i = 0; asked->people != NULL && i < asked->people->len; i++)
    {
      const ImpPerson *person = g_ptr_array_index (asked->people, i);
      g_autofree char *born = person->born != NULL ? day_of (person->born) : NULL;
      g_autofree char *died = person->died != NULL ? day_of (person->died) : NULL;

      if (g_strcmp0 (born, day) == 0 || g_strcmp0 (died, day) == 0)
        return TRUE;
    }
  for (guint i = 0; asked->giveaways != NULL && i < MIN (asked->giveaways->len, MOST_VALUES); i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (asked->giveaways, i);
      g_autofree char *its = giveaway->value != NULL ? day_of (giveaway->value) : NULL;

      if (g_strcmp0 (its, day) == 0)
        return TRUE;
    }
  return FALSE;
}
