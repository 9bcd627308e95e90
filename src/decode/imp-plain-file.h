/* Opening a file that somebody names: plain ones only, for reading only. */
#pragma once

#include <sys/stat.h>

#include <gio/gio.h>

G_BEGIN_DECLS

int imp_plain_file_open (GFile *file, struct stat *info, GError **error);

G_END_DECLS
