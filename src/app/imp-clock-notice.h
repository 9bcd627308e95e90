/* What is said while the computer's clock is behind what the register knows of. */
#pragma once

#include "gate.h"
#include "imp-notice.h"

G_BEGIN_DECLS

void imp_clock_notice_refresh (ImpNotice *notice, ImpGate *gate);

G_END_DECLS
