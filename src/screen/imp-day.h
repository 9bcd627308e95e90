/* Days, times and ages as they stand in texts and headers.
 *
 * Owns: the formats in which dates are written.  May include: core.
 * Must never: decide whose day it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ImpDay:
 * @start: where it begins in the text, in bytes
 * @end: where it ends
 * @days: (array length=n_days): each day that it may mean, as YYYYMMDD: 03/04/62 is the third of
 *   April or the fourth of March, of 1962 or 2062
 */
typedef struct
{
  gsize start;
  gsize end;
  guint32 days[4];
  guint n_days;
} ImpDay;

/* A time of day, or how old somebody is. */
typedef struct
{
  gsize start;
  gsize end;
  guint32 value;     /* HHMMSS, or years */
  gboolean complete; /* a time with its seconds */
} ImpMoment;

GArray *imp_day_find (const char *text);       /* ImpDay */
GArray *imp_day_find_times (const char *text); /* ImpMoment */
GArray *imp_day_find_ages (const char *text);  /* ImpMoment */
guint32 imp_day_of_header (const char *value); /* 0: none */
gboolean imp_day_means (const ImpDay *day, guint32 wanted);

G_END_DECLS
