/* Plain words for the vocabularies of gate and register, and dates as people write them. */
#pragma once

#include "imp-permission.h"

G_BEGIN_DECLS

const char *imp_words_destination (const char *destination);
const char *imp_words_destination_phrase (const char *destination);
const char *imp_words_sealed (const char *destination);
const char *imp_words_audience (const char *destination);
const char *imp_words_level (const char *level);
const char *imp_words_level_covers (const char *level);
const char *imp_words_evidence (const char *evidence);
const char *imp_words_giver (const char *giver);
const char *imp_words_capacity (const char *capacity);
const char *imp_words_state (ImpPermissionState state);
char *imp_words_date (const char *date);
char *imp_words_parse_date (const char *text);
char *imp_words_masked (const char *identifier);

G_END_DECLS
