/* The values of an ImpKnown, for its own two files. */
#pragma once

#include "imp-known.h"
#include "imp-reading.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_KNOWN_NAME,   /* parts: those of the name, initials among them */
  IMP_KNOWN_NUMBER, /* parts: the number, also without its leading noughts */
  IMP_KNOWN_PLACE,  /* parts: all of it, then its words that are no other place's */
  IMP_KNOWN_WORDS,  /* parts: all of it */
  IMP_KNOWN_DAY,
  IMP_KNOWN_TIME,
  IMP_KNOWN_AGE,
} ImpKnownKind;

typedef struct
{
  ImpKnownKind kind;
  ImpWhy why;
  char *detail;
  GPtrArray *parts;  /* char*, folded, never empty */
  GString *initials; /* of a name */
  char *plain;       /* nullable: what letters are never read one by one: of Chinese, … */
  guint32 moment;    /* a day, a time or an age */
  gboolean firm;
} ImpKnownValue;

struct _ImpKnown
{
  GPtrArray *values; /* ImpKnownValue */
  GHashTable *seen;  /* kind, detail and parts of each */
};

void _imp_known_find_names (const ImpKnown *known, const ImpReading *reading, GArray *found);
void _imp_known_add_match (GArray *found, const ImpKnownValue *value, gsize start, gsize end,
                           gboolean firm);

G_END_DECLS
