/* The one clock of the program: UTC, ISO 8601, so that text order is time order. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *imp_clock_now (void);
char *imp_clock_today (void);
char *imp_clock_day_of (const char *moment);
gboolean imp_clock_date_is_valid (const char *date);
char *imp_clock_birthday (const char *born, int years);
int imp_clock_age_at (const char *born, const char *day);

G_END_DECLS
