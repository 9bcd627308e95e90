/* A name and a PIN: of who signs in, or of the second person at the same desk.
 *
 * Owns: the PIN in locked memory.
 * May include: store core.  Must never: print it, or keep it longer than the act takes. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _ImpSecond ImpSecond;

#define IMP_TYPE_SECOND (imp_second_get_type ())

GType imp_second_get_type (void);
ImpSecond *imp_second_new (const char *name, const char *pin);
ImpSecond *imp_second_copy (const ImpSecond *second);
void imp_second_free (ImpSecond *second);
const char *imp_second_get_name (const ImpSecond *second);
const char *imp_second_get_pin (const ImpSecond *second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSecond, imp_second_free)

G_END_DECLS
