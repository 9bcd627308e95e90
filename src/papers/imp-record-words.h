/* Plain words for what else the register keeps of people and permissions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *imp_record_words_place (const char *destination);
const char *imp_record_words_basis (const char *basis);
const char *imp_record_words_alias (const char *kind);
const char *imp_record_words_outcome (const char *outcome);
const char *imp_record_words_check_rule (const char *rule);
const char *imp_record_words_media_type (const char *media_type);
const char *imp_record_words_channel (const char *channel);

G_END_DECLS
