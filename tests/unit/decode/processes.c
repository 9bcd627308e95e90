#include "processes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/**
 * process_read:
 * @pid: a process
 * @name: a file of its folder in /proc
 *
 * Returns: (transfer full) (nullable): what the file says; %NULL when the process is gone
 */
char *
process_read (GPid pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, name);
  gsize length = 0;
  char *text = NULL;

  return g_file_get_contents (path, &text, &length, NULL) ? text : NULL;
}

static gboolean
is_child (GPid pid, GPid parent)
{
  g_autofree char *stat = process_read (pid, "stat");
  const char *after = stat != NULL ? strrchr (stat, ')') : NULL;
  char state = 0;
  int found = 0;

  return after != NULL && sscanf (after, ") %c %d", &state, &found) == 2 && found == parent
         && state != 'Z';
}

/**
 * process_list_children:
 * @parent: a process
 *
 * Returns: (transfer full): GPid of each child that lives
 */
GArray *
process_list_children (GPid parent)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  GArray *children = g_array_new (FALSE, FALSE, sizeof (GPid));
  const char *entry = NULL;

  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      GPid pid = atoi (entry);

      if (pid > 0 && is_child (pid, parent))
        g_array_append_val (children, pid);
    }
  return children;
}

/**
 * process_find_zygote:
 *
 * Returns: the warm helper that this program has started
 */
GPid
process_find_zygote (void)
{
  g_autoptr (GArray) children = process_list_children (getpid ());

  for (guint i = 0; i < children->len; i++)
    {
      GPid pid = g_array_index (children, GPid, i);
      g_autofree char *name = process_read (pid, "comm");

      if (name != NULL && g_str_has_prefix (name, "imprimatur-"))
        return pid;
    }
  g_error ("no helper runs");
}

/**
 * process_get_number:
 * @pid: a process
 * @file: "status", "limits", "smaps_rollup"…
 * @key: what a line of it begins with
 *
 * Returns: the first number after @key, %G_MAXUINT64 where there is none
 */
guint64
process_get_number (GPid pid, const char *file, const char *key)
{
  char *text = process_read (pid, file);
  const char *at = text != NULL ? strstr (text, key) : NULL;
  guint64 number = G_MAXUINT64;

  if (at != NULL)
    {
      at += strlen (key);
      number = g_ascii_strtoull (at + strcspn (at, "0123456789"), NULL, 10);
    }
  g_free (text);
  return number;
}

/**
 * process_list_descriptors:
 * @pid: a process of this user that may be looked at
 *
 * Returns: (transfer full): for each descriptor "number what", in order of their numbers
 */
GPtrArray *
process_list_descriptors (GPid pid)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (int fd = 0; fd < 1024; fd++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/fd/%d", pid, fd);
      g_autofree char *what = g_file_read_link (path, NULL);

      if (what != NULL)
        g_ptr_array_add (found, g_strdup_printf ("%d %s", fd, what));
    }
  return found;
}
