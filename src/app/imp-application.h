/* The program: one window, its command line, and the keys that hold everywhere.
 *
 * Owns: application actions, resources, style.
 * May include: image decode redact register gate.  Must never: log or title what a file holds. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IMP_TYPE_APPLICATION (imp_application_get_type ())
G_DECLARE_FINAL_TYPE (ImpApplication, imp_application, IMP, APPLICATION, AdwApplication)

ImpApplication *imp_application_new (void);

G_END_DECLS
