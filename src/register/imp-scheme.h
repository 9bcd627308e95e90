/* A kind of number that a site knows people by: its name, its form, its check digit. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_SCHEME (imp_scheme_get_type ())

typedef struct
{
  char *name;       /* small letters, digits, hyphens: "chi" */
  char *title;      /* what people call it */
  char *pattern;    /* nullable: A a letter, 9 a digit, * either, | or */
  char *check_rule; /* nullable: mod-11 luhn mod-97 */
} ImpScheme;

GType imp_scheme_get_type (void);
ImpScheme *imp_scheme_new (void);
ImpScheme *imp_scheme_copy (const ImpScheme *scheme);
void imp_scheme_free (ImpScheme *scheme);

const char *const *imp_scheme_check_rules (void);
gboolean imp_scheme_is_valid (const ImpScheme *scheme, GError **error);
char *imp_scheme_fold (const ImpScheme *scheme, const char *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpScheme, imp_scheme_free)

G_END_DECLS
