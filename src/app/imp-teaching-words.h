/* Plain words and icons for what stands in a curation session: never a colour alone. */
#pragma once

#include "imp-curation.h"

G_BEGIN_DECLS

const char *imp_teaching_words_state (ImpCurationState state);
const char *imp_teaching_words_state_icon (ImpCurationState state);
const char *imp_teaching_words_finding (ImpCurationFinding finding);
const char *imp_teaching_words_standing_icon (const ImpStanding *standing);
char *imp_teaching_words_standing (const ImpStanding *standing);
char *imp_teaching_words_progress (const guint counts[IMP_CURATION_N_STATES]);
char *imp_teaching_words_pictures (guint n_pictures);

G_END_DECLS
