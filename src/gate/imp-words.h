/* What the words that travel with a picture must not say (article rows 5 and 26; docs/words.md).
 * Private to the gate. */
#pragma once

#include "imp-facts.h"
#include "imp-person.h"

G_BEGIN_DECLS

/**
 * ImpWordFinding:
 * @start: where the word begins, in bytes
 * @end: where it ends
 * @rule: "words:name", "words:number", "words:date", "words:age", "words:place", "words:device",
 *   "words:contact"
 * @why: what it is, as part of a sentence: "a name of the person"
 * @firm: whether no reason can excuse it; else it may be a word that only looks so
 */
typedef struct
{
  gsize start;
  gsize end;
  const char *rule;
  const char *why;
  gboolean firm;
} ImpWordFinding;

/**
 * ImpWordsAsked:
 * @people: (element-type ImpPerson): whose picture it is, or may be
 * @giveaways: (element-type ImpGiveaway): what the file carries
 * @places: (nullable): the site's own names of towns and hospitals
 * @is_file_name: whether it is a name of a file, in which a long number may be one of chance
 */
typedef struct
{
  GPtrArray *people;
  GPtrArray *giveaways;
  char **places;
  gboolean is_file_name;
} ImpWordsAsked;

char *imp_words_say_where (const char *text, const ImpWordFinding *finding, gboolean at_desk);
GArray *imp_words_find (const char *text, const ImpWordsAsked *asked); /* ImpWordFinding */

/* Of imp-words-known.c: what register and file know; of imp-words-patterns.c: what looks like it.
 */
void imp_words_find_known (GArray *found, const char *text, const ImpWordsAsked *asked);
void imp_words_find_patterns (GArray *found, const char *text, const ImpWordsAsked *asked);
void imp_words_add (GArray *found, gsize start, gsize end, const char *rule, const char *why,
                    gboolean firm);

gboolean imp_words_is_known_day (const char *day, const ImpWordsAsked *asked);

/* A run of letters or digits of a text, as it is compared. */
typedef struct
{
  gsize start;
  gsize end;
  char *folded;
  gboolean capital; /* begins with one */
} ImpWord;

GPtrArray *imp_words_split (const char *text); /* ImpWord */
char *imp_words_fold (const char *text);
void imp_words_find_list (GArray *found, GPtrArray *words, const char *entry, const char *rule,
                          const char *why, gboolean firm);

G_END_DECLS
