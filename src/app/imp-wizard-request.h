/* A request from what lies on the desk: the frame as it is shown, and what covers it. */
#pragma once

#include "imp-picture.h"
#include "imp-request.h"

G_BEGIN_DECLS

ImpRequest *imp_wizard_request_new (ImpPicture *picture);

G_END_DECLS
