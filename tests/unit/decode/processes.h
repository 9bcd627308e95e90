/* The helper's processes, as this machine's /proc shows them to anybody. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPid process_find_zygote (void);
GArray *process_list_children (GPid parent);
char *process_read (GPid pid, const char *name);
guint64 process_get_number (GPid pid, const char *file, const char *key);
GPtrArray *process_list_descriptors (GPid pid);

G_END_DECLS
