/* The values of a frame with more than 16 bits, by at most 65,536 indices.
 *
 * A key is a stored value less the lowest that its bits can express. Note all of them, settle, find
 * the index of each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_KEYS_MOST 65536u /* different values that have an index of their own */

typedef struct _ImpKeys ImpKeys;

ImpKeys *imp_keys_new (gsize n_pixels);
void imp_keys_free (ImpKeys *self);
void imp_keys_note (ImpKeys *self, const guint32 *keys, gsize n);
guint32 imp_keys_settle (ImpKeys *self);
void imp_keys_find (const ImpKeys *self, const guint32 *keys, guint16 *indices, gsize n);
guint32 imp_keys_get (const ImpKeys *self, guint32 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpKeys, imp_keys_free)

G_END_DECLS
