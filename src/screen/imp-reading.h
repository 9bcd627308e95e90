/* Text as something that reads letters may have seen it, and how far that is from a value.
 *
 * Owns: folding of letters to those that are read, and which letters are taken for which.
 * May include: core.  Must never: know what a value means. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_READING_SLIP 1u  /* a letter taken for one that looks like it: O for 0, rn for m */
#define IMP_READING_ERROR 3u /* a letter that is another, missing, or too many */

/**
 * ImpReadingFold:
 * @IMP_READING_BASE: accents are left away, other scripts are romanised: "Müller" is "muller"
 * @IMP_READING_SPELT: umlauts are spelt out: "mueller"
 * @IMP_READING_SHAPE: letters of other scripts are the Latin ones that they look like: "Р" is "p"
 */
typedef enum
{
  IMP_READING_BASE,
  IMP_READING_SPELT,
  IMP_READING_SHAPE,
} ImpReadingFold;

/* A run of letters and digits of a text. */
typedef struct
{
  guint first; /* in the folded text */
  guint length;
  gsize start; /* in the text itself, in bytes */
  gsize end;
  gboolean capital;  /* begins with one */
  gboolean followed; /* by a full stop */
} ImpReadWord;

typedef struct
{
  char *folded;   /* a to z and 0 to 9 alone */
  GArray *starts; /* gsize: where each of its letters stands in the text */
  GArray *ends;   /* gsize */
  GArray *words;  /* ImpReadWord */
} ImpReading;

ImpReading *imp_reading_new (const char *text);
void imp_reading_free (ImpReading *reading);
const ImpReadWord *imp_reading_get_word (const ImpReading *reading, guint n);

char *imp_reading_fold (const char *text, gssize length, ImpReadingFold how);
guint imp_reading_compare (const char *a, gsize n_a, const char *b, gsize n_b, guint limit);
gboolean imp_reading_looks_like (char a, char b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpReading, imp_reading_free)

G_END_DECLS
