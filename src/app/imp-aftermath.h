/* What is still out there after a withdrawal, in a sentence. */
#pragma once

#include "imp-notice.h"
#include "imp-withdraw-dialog.h"

G_BEGIN_DECLS

void imp_aftermath_show (ImpNotice *notice, const ImpWithdrawn *withdrawn, GPtrArray *copies);

G_END_DECLS
