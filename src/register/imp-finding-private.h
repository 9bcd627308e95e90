/* What the parts of a look-up share. */
#pragma once

#include "imp-finding.h"
#include "imp-register-private.h"

G_BEGIN_DECLS

/* Sorts after every text that begins with what it is added to. */
#define IMP_FINDING_LAST "\xf4\x8f\xbf\xbf"

/* A word that was typed. */
typedef struct
{
  char *text;
  gunichar *letters;
  glong n_letters;
  char *sound;
} ImpTyped;

/* How well a word fits one that was typed: 0 is the same word. */
typedef struct
{
  guint score;
  ImpMatch match;
} ImpFit;

/* A word of the register that fits one that was typed. */
typedef struct
{
  gint64 id;
  gint64 uses;
  ImpFit fit;
} ImpCandidate;

ImpTyped *imp_typed_new (const char *word);
void imp_typed_free (ImpTyped *typed);
gboolean imp_typed_fits (const ImpTyped *typed, const char *word, ImpFit *fit);
GPtrArray *imp_typed_split (const char *folded);
GArray *imp_finding_list_words (ImpRegister *self, const ImpTyped *typed, gboolean nearly,
                                GError **error);
gboolean imp_finding_add_by_words (ImpRegister *self, GPtrArray *typed, guint limit,
                                   GPtrArray *found, GHashTable *ids, GError **error);
gboolean imp_finding_fits_name (GPtrArray *typed, const char *name, ImpFit *fit);
void imp_finding_add (GPtrArray *found, GHashTable *ids, ImpPerson *person, ImpMatch match,
                      const char *alias);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpTyped, imp_typed_free)

G_END_DECLS
