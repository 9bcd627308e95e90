/* Colours as code points say them: ITU-T H.273, in HEIC files and PNG's cICP chunk. */
#pragma once

#include "imp-colour.h"

G_BEGIN_DECLS

#define IMP_CICP_NOT_SAID 2

typedef struct
{
  guint primaries;
  guint transfer;
} ImpCicp;

gboolean imp_cicp_check (guint transfer, GError **error);
ImpColour *imp_cicp_make_colour (ImpColourModel model, guint primaries, guint transfer);

G_END_DECLS
