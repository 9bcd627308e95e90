#include "imp-known.h"

#include <stdlib.h>
#include <string.h>

#include "imp-day.h"
#include "imp-known-private.h"
#include "imp-vocabulary.h"

#define LEAST_PLACE 4  /* letters of an institution or a device */
#define LEAST_WORD 5   /* letters of one word of it */
#define LEAST_WORDS 4  /* letters of any other text */
#define LEAST_NUMBER 6 /* characters of a number within a text of the header */
#define LEAST_DIGITS 4 /* digits of it */
#define OLD 90         /* ages from here on tell who somebody is (policy.md) */

static void
value_free (gpointer data)
{
  ImpKnownValue *value = data;

  g_free (value->detail);
  g_ptr_array_unref (value->parts);
  g_string_free (value->initials, TRUE);
  g_free (value->plain);
  g_free (value);
}

/**
 * imp_known_new:
 *
 * Returns: (transfer full): nothing known yet
 */
ImpKnown *
imp_known_new (void)
{
  ImpKnown *self = g_new0 (ImpKnown, 1);

  self->values = g_ptr_array_new_with_free_func (value_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * imp_known_free:
 * @known: (transfer full) (nullable): what is known
 */
void
imp_known_free (ImpKnown *known)
{
  if (known == NULL)
    return;
  g_ptr_array_unref (known->values);
  g_hash_table_unref (known->seen);
  g_free (known);
}

static ImpKnownValue *
value_new (ImpKnownKind kind, ImpWhy why, const char *detail)
{
  ImpKnownValue *value = g_new0 (ImpKnownValue, 1);

  value->kind = kind;
  value->why = why;
  value->detail = g_strdup (detail);
  value->parts = g_ptr_array_new_with_free_func (g_free);
  value->initials = g_string_new (NULL);
  value->firm = TRUE;
  return value;
}

static gboolean
has_part (const ImpKnownValue *value, const char *part)
{
  for (guint i = 0; i < value->parts->len; i++)
    if (g_str_equal (g_ptr_array_index (value->parts, i), part))
      return TRUE;
  return FALSE;
}

static void
add_part (ImpKnownValue *value, const char *part, gsize least)
{
  if (strlen (part) >= MAX (least, 1) && !has_part (value, part))
    g_ptr_array_add (value->parts, g_strdup (part));
}

/* A text by each way in which it may be read. */
static void
add_folded (ImpKnownValue *value, const char *text, gsize least)
{
  for (int how = IMP_READING_BASE; how <= IMP_READING_SHAPE; how++)
    {
      g_autofree char *folded = imp_reading_fold (text, -1, (ImpReadingFold)how);

      add_part (value, folded, least);
    }
}

/* Takes what can be found, and not what stands there already. */
static void
take (ImpKnown *self, ImpKnownValue *value)
{
  g_autoptr (GString) key = g_string_new (NULL);

  g_string_printf (key, "%d\n%d\n%s\n%u\n%s", (int)value->kind, (int)value->why, value->detail,
                   value->moment, value->plain != NULL ? value->plain : "");
  for (guint i = 0; i < value->parts->len; i++)
    g_string_append_printf (key, "\n%s", (const char *)g_ptr_array_index (value->parts, i));
  if ((value->parts->len == 0 && value->plain == NULL && value->kind < IMP_KNOWN_DAY)
      || !g_hash_table_add (self->seen, g_string_free (g_steal_pointer (&key), FALSE)))
    value_free (value);
  else
    g_ptr_array_add (self->values, value);
}

/* Two letters or more that no reader of Latin ones takes apart, as they stand. */
static char *
find_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      g_autofree char *folded = imp_reading_fold (at, g_utf8_next_char (at) - at, IMP_READING_BASE);

      if (*folded == '\0' && g_unichar_isalpha (c))
        g_string_append_unichar (plain, c);
    }
  return g_utf8_strlen (plain->str, -1) >= 2 ? g_string_free (g_steal_pointer (&plain), FALSE)
                                             : NULL;
}

/* One of the ways in which a name is written: Latin, ideographs or sounds (PS3.5 6.2.1.2). */
static void
add_name_group (ImpKnown *self, ImpWhy why, const char *detail, const char *group)
{
  ImpKnownValue *value = value_new (IMP_KNOWN_NAME, why, detail);
  g_auto (GStrv) parts = g_strsplit_set (group, "^ ,.;-\\/()", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = imp_reading_fold (parts[i], -1, IMP_READING_BASE);

      if (*part == '\0' || imp_vocabulary_is_title (part))
        continue;
      g_string_append_c (value->initials, *part);
      add_folded (value, parts[i], 2);
    }
  value->plain = find_plain (group);
  take (self, value);
}

/**
 * imp_known_add_name:
 * @known: what is known
 * @why: %IMP_WHY_HEADER or %IMP_WHY_PERSON
 * @detail: the attribute or what of the person it is
 * @name: (nullable): a name as DICOM writes it ("EXAMPLE^PERSON A=…") or as people do
 */
void
imp_known_add_name (ImpKnown *known, ImpWhy why, const char *detail, const char *name)
{
  g_auto (GStrv) groups = g_strsplit_set (name != NULL ? name : "", "=\\", -1);

  for (guint i = 0; groups[i] != NULL; i++)
    add_name_group (known, why, detail, groups[i]);
}

/**
 * imp_known_add_number:
 * @known: what is known
 * @why: %IMP_WHY_HEADER or %IMP_WHY_PERSON
 * @detail: the attribute or what of the person it is
 * @number: (nullable): a number, with whatever between its digits; of several, each
 */
void
imp_known_add_number (ImpKnown *known, ImpWhy why, const char *detail, const char *number)
{
  g_auto (GStrv) numbers = g_strsplit (number != NULL ? number : "", "\\", -1);

  for (guint i = 0; numbers[i] != NULL; i++)
    {
      ImpKnownValue *value = value_new (IMP_KNOWN_NUMBER, why, detail);
      g_autofree char *folded = imp_reading_fold (numbers[i], -1, IMP_READING_BASE);

      add_part (value, folded, 1);
      add_part (value, folded + strspn (folded, "0"), LEAST_WORD);
      take (known, value);
    }
}

/**
 * imp_known_add_day:
 * @known: what is known
 * @why: %IMP_WHY_HEADER or %IMP_WHY_PERSON
 * @detail: the attribute or what of the person it is
 * @day: (nullable): a day as headers and the register write it
 */
void
imp_known_add_day (ImpKnown *known, ImpWhy why, const char *detail, const char *day)
{
  guint32 moment = day != NULL ? imp_day_of_header (day) : 0;
  ImpKnownValue *value = NULL;

  if (moment == 0)
    return;
  value = value_new (IMP_KNOWN_DAY, why, detail);
  value->moment = moment;
  take (known, value);
}

/**
 * imp_known_add_person:
 * @known: what is known
 * @name: (nullable): of the person of the register whose picture it is
 * @hospital_number: (nullable): likewise
 * @nhs_number: (nullable): likewise
 * @born: (nullable): likewise
 * @died: (nullable): likewise, or that the day is not known
 */
void
imp_known_add_person (ImpKnown *known, const char *name, const char *hospital_number,
                      const char *nhs_number, const char *born, const char *died)
{
  imp_known_add_name (known, IMP_WHY_PERSON, "name", name);
  imp_known_add_number (known, IMP_WHY_PERSON, "number", hospital_number);
  imp_known_add_number (known, IMP_WHY_PERSON, "number", nhs_number);
  imp_known_add_day (known, IMP_WHY_PERSON, "birth-date", born);
  imp_known_add_day (known, IMP_WHY_PERSON, "date-of-death", died);
}

/* HHMMSS.FFFFFF; before seconds there is no telling one hour from another. */
static void
add_time (ImpKnown *self, const char *detail, const char *text)
{
  ImpKnownValue *value = NULL;

  if (strspn (text, "0123456789") < 6)
    return;
  value = value_new (IMP_KNOWN_TIME, IMP_WHY_HEADER, detail);
  for (guint i = 0; i < 6; i++)
    value->moment = 10 * value->moment + (guint32)(text[i] - '0');
  take (self, value);
}

/* 045Y */
static void
add_age (ImpKnown *self, const char *detail, const char *text)
{
  ImpKnownValue *value = NULL;

  if (strspn (text, "0123456789") == 0 || strchr (text, 'Y') == NULL)
    return;
  value = value_new (IMP_KNOWN_AGE, IMP_WHY_HEADER, detail);
  value->moment = (guint32)atoi (text);
  value->firm = value->moment >= OLD;
  take (self, value);
}

static void
add_place (ImpKnown *self, const char *detail, const char *text)
{
  ImpKnownValue *value = value_new (IMP_KNOWN_PLACE, IMP_WHY_HEADER, detail);
  g_auto (GStrv) words = g_strsplit_set (text, " ,.;-\\/()'", -1);

  add_folded (value, text, LEAST_PLACE);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = imp_reading_fold (words[i], -1, IMP_READING_BASE);

      if (!imp_vocabulary_is_common (word))
        add_folded (value, words[i], LEAST_WORD);
    }
  take (self, value);
}

/* A number of letters and digits that stands within a text: "left hand of H204417". */
static gboolean
is_number (const char *folded)
{
  guint n = 0;

  for (const char *at = folded; *at != '\0'; at++)
    n += (guint)g_ascii_isdigit (*at);
  return strlen (folded) >= LEAST_NUMBER && n >= LEAST_DIGITS;
}

/* Descriptions and comments are found whole; what they say in passing of numbers and days, too. */
static void
add_words (ImpKnown *self, const char *detail, const char *text)
{
  ImpKnownValue *value = value_new (IMP_KNOWN_WORDS, IMP_WHY_HEADER, detail);
  g_auto (GStrv) words = g_strsplit_set (text, " ,;\\/()", -1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GArray) days = imp_day_find (valid);

  add_folded (value, text, LEAST_WORDS);
  value->plain = find_plain (text);
  value->firm = FALSE;
  take (self, value);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = imp_reading_fold (words[i], -1, IMP_READING_BASE);

      if (is_number (word) && imp_day_of_header (words[i]) == 0)
        imp_known_add_number (self, IMP_WHY_HEADER, detail, words[i]);
    }
  for (guint i = 0; i < days->len; i++)
    {
      ImpKnownValue *day = value_new (IMP_KNOWN_DAY, IMP_WHY_HEADER, detail);

      day->moment = g_array_index (days, ImpDay, i).days[0];
      take (self, day);
    }
}

static gboolean
is_like (const char *kind, const char *const *parts)
{
  for (; *parts != NULL; parts++)
    if (strstr (kind, *parts) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * imp_known_add_giveaway:
 * @known: what is known
 * @giveaway: one thing that a file gives away
 *
 * Adds its value by what its keyword says it is; one that identifies nobody is left out, but for an
 * age.
 */
void
imp_known_add_giveaway (ImpKnown *known, const ImpGiveaway *giveaway)
{
  static const char *const PEOPLE[] = { "PatientName", "Physician",   "Operator",
                                        "PersonName",  "person",      "BirthName",
                                        "Reviewer",    "Observer",    "OtherPatientNames",
                                        "Requester",   "Performer",   "Responsible",
                                        "EnteredBy",   "CreatorName", NULL };
  static const char *const PLACES[] = { "Institution", "Department", "Facility",
                                        "Address",     "Location",   "Organization",
                                        "StationName", "Residence",  NULL };
  static const char *const FREE[] = { "Description", "Comments", "Protocol", "text",
                                      "Reason",      "History",  "private",  NULL };
  static const char *const NUMBERS[] = {
    "ID", "Number", "Accession", "Serial", "UID", "gps", NULL
  };
  const char *kind = giveaway->kind;
  const char *value = giveaway->value;

  if (value == NULL)
    return;
  if (g_str_equal (kind, "PatientAge"))
    add_age (known, kind, value);
  else if (!giveaway->identifies)
    return;
  else if (strstr (kind, "Time") != NULL && strstr (kind, "Date") == NULL
           && imp_day_of_header (value) == 0)
    add_time (known, kind, value);
  else if (imp_day_of_header (value) != 0
           && (strstr (kind, "Date") || strstr (kind, "Time") || g_str_equal (kind, "date")))
    imp_known_add_day (known, IMP_WHY_HEADER, kind, value);
  else if (is_like (kind, PEOPLE) || strchr (value, '^') != NULL)
    imp_known_add_name (known, IMP_WHY_HEADER, kind, value);
  else if (is_like (kind, PLACES))
    add_place (known, kind, value);
  else if (is_like (kind, FREE))
    add_words (known, kind, value);
  else if (is_like (kind, NUMBERS))
    imp_known_add_number (known, IMP_WHY_HEADER, kind, value);
  else
    add_words (known, kind, value);
}

/**
 * imp_known_add_facts:
 * @known: what is known
 * @facts: of the file whose picture it is
 *
 * Adds all that the file gives away of people, places, numbers and days.
 */
void
imp_known_add_facts (ImpKnown *known, const ImpFacts *facts)
{
  GPtrArray *giveaways = imp_facts_get_giveaways (facts);
  GStrv ids = imp_facts_get_patient_ids (facts);

  for (guint i = 0; i < giveaways->len; i++)
    imp_known_add_giveaway (known, g_ptr_array_index (giveaways, i));
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    imp_known_add_number (known, IMP_WHY_HEADER, "PatientID", ids[i]);
}
