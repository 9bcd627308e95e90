/* A child who comes of age while a permission of the parents stands. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_COMING (imp_coming_get_type ())

typedef struct
{
  char *person_id;
  char *hospital_number; /* nullable */
  char *name;            /* nullable */
  char *born;            /* YYYY-MM-DD */
  int age;               /* 16 or 18 */
  char *birthday;        /* YYYY-MM-DD, on which it is reached */
  char *permission_id;
  char *level;
  gboolean identifiable; /* may show who it is: from the birthday on refused (row 28) */
} ImpComing;

GType imp_coming_get_type (void);
ImpComing *imp_coming_new (void);
ImpComing *imp_coming_copy (const ImpComing *coming);
void imp_coming_free (ImpComing *coming);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpComing, imp_coming_free)

G_END_DECLS
