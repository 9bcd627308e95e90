/* Somebody whom a look-up found, and why. */
#pragma once

#include "imp-person.h"

G_BEGIN_DECLS

/**
 * ImpMatch:
 * @IMP_MATCH_NUMBER: a number is exactly what was typed
 * @IMP_MATCH_NUMBER_BEGINS: a number begins so
 * @IMP_MATCH_BORN: born on that day
 * @IMP_MATCH_NAME: every word that was typed is in the name
 * @IMP_MATCH_NAME_PART: every word that was typed is a part of the name
 * @IMP_MATCH_SOUND: a word sounds alike
 * @IMP_MATCH_SPELLING: a word is spelt nearly so
 * @IMP_MATCH_RECENT: nothing was typed: those added last
 */
typedef enum
{
  IMP_MATCH_NUMBER,
  IMP_MATCH_NUMBER_BEGINS,
  IMP_MATCH_BORN,
  IMP_MATCH_NAME,
  IMP_MATCH_NAME_PART,
  IMP_MATCH_SOUND,
  IMP_MATCH_SPELLING,
  IMP_MATCH_RECENT,
} ImpMatch;

/**
 * ImpFound:
 * @person: who was found
 * @match: why: where several words were typed, for the one that fits least
 * @alias: (nullable): the other name that it was, where it was not the name itself
 */
typedef struct
{
  ImpPerson *person;
  ImpMatch match;
  char *alias;
} ImpFound;

#define IMP_TYPE_FOUND (imp_found_get_type ())

GType imp_found_get_type (void);
ImpFound *imp_found_new (ImpPerson *person, ImpMatch match, const char *alias);
ImpFound *imp_found_copy (const ImpFound *found);
void imp_found_free (ImpFound *found);
char *imp_found_explain (const ImpFound *found);
const char *imp_match_to_text (ImpMatch match);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFound, imp_found_free)

G_END_DECLS
