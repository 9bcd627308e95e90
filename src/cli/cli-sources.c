#include "cli.h"
#include "imp-error.h"
#include "imp-source-list.h"

typedef struct
{
  GMainLoop *loop;
  GError *error; /* owned, nullable */
} Wait;

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  imp_source_list_load_finish (IMP_SOURCE_LIST (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

/**
 * imp_cli_load_sources:
 * @cli: the call
 * @paths: what to list, as the command line has it
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what is in them, or %NULL with %IMP_ERROR_UNREADABLE or the
 *   errors of imp_source_list_load_finish()
 */
ImpSourceList *
imp_cli_load_sources (ImpCli *cli, char **paths, GError **error)
{
  g_autoptr (ImpSourceList) list = imp_source_list_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL };

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (paths[i]);

      if (!g_file_query_exists (file, NULL))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                       "Source %u of the command line is not there: check its name", i + 1);
          return NULL;
        }
      g_ptr_array_add (files, g_steal_pointer (&file));
    }
  imp_source_list_load_async (list, files, cli->cancellable, on_loaded, &wait);
  g_main_loop_run (loop);
  if (wait.error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, wait.error);
  return NULL;
}

/* What one step of the tree is told by, and what is in it. */
typedef struct
{
  const char *children;
  const char *(*get_key) (ImpSourceItem *item);
  void (*add) (ImpCli *cli, const ImpListing *listing);
} Level;

static void
add_patient (ImpCli *cli, const ImpListing *listing)
{
  imp_cli_add_secret (cli, "number", listing->patient_number);
  imp_cli_add_secret (cli, "name", listing->patient_name);
  imp_cli_add_secret (cli, "born", listing->born);
  imp_cli_line (cli, "Patient %s  %s", imp_cli_shown (cli, listing->patient_number),
                imp_cli_shown (cli, listing->patient_name));
}

static void
add_study (ImpCli *cli, const ImpListing *listing)
{
  imp_cli_add_secret (cli, "date", listing->study_date);
  imp_cli_add_secret (cli, "title", listing->study_title);
  imp_cli_line (cli, "  Study %s  %s", imp_cli_shown (cli, listing->study_date),
                imp_cli_shown (cli, listing->study_title));
}

static void
add_series (ImpCli *cli, const ImpListing *listing)
{
  const char *modality = imp_cli_mask_modality (cli, listing->modality);

  imp_cli_add_string (cli, "modality", modality);
  imp_cli_add_secret (cli, "title", listing->series_title);
  imp_cli_add_secret (cli, "manufacturer", listing->manufacturer);
  imp_cli_add_secret (cli, "model", listing->model);
  imp_cli_add_secret (cli, "station", listing->station);
  imp_cli_line (cli, "    Series %s  %s", modality != NULL ? modality : "–",
                imp_cli_shown (cli, listing->series_title));
}

static const Level LEVELS[] = {
  { "studies", imp_source_item_get_patient_key, add_patient },
  { "series", imp_source_item_get_study_key, add_study },
  { "items", imp_source_item_get_series_key, add_series },
};

static void
add_notices (ImpCli *cli, guint notices)
{
  json_builder_set_member_name (cli->out, "notices");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < IMP_SOURCE_N_NOTICES; i++)
    if ((notices & 1u << i) != 0)
      {
        json_builder_add_string_value (cli->out, imp_source_notice_to_text (1u << i));
        imp_cli_line (cli, "        %s", imp_source_notice_to_words (1u << i));
      }
  json_builder_end_array (cli->out);
}

static void
add_item (ImpCli *cli, ImpSourceItem *item, guint number)
{
  const ImpListing *listing = imp_source_item_get_listing (item);
  const char *name = imp_source_item_get_name (item);

  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "item", number);
  imp_cli_add_secret (cli, "file", name);
  imp_cli_add_string (cli, "format", listing->format);
  imp_cli_add_int (cli, "width", listing->width);
  imp_cli_add_int (cli, "height", listing->height);
  imp_cli_add_int (cli, "frames", listing->n_frames);
  imp_cli_line (cli, "      %u  %s  %d × %d, %u frames  %s", number, listing->format,
                listing->width, listing->height, listing->n_frames, imp_cli_mask (cli, name));
  add_notices (cli, imp_source_item_get_notices (item));
  json_builder_end_object (cli->out);
}

static void
close_levels (ImpCli *cli, gsize from, gboolean open)
{
  for (gsize i = G_N_ELEMENTS (LEVELS); open && i > from; i--)
    {
      json_builder_end_array (cli->out);
      json_builder_end_object (cli->out);
    }
}

static gsize
find_change (ImpSourceItem *before, ImpSourceItem *item)
{
  gsize level = 0;

  while (before != NULL && level < G_N_ELEMENTS (LEVELS)
         && g_strcmp0 (LEVELS[level].get_key (before), LEVELS[level].get_key (item)) == 0)
    level++;
  return level;
}

/* The items are in order, so a group ends where its key does. */
static void
add_groups (ImpCli *cli, GListModel *items, guint n)
{
  ImpSourceItem *before = NULL;

  json_builder_set_member_name (cli->out, "patients");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ImpSourceItem) item = g_list_model_get_item (items, i);
      gsize changed = find_change (before, item);

      close_levels (cli, changed, before != NULL);
      for (gsize level = changed; level < G_N_ELEMENTS (LEVELS); level++)
        {
          json_builder_begin_object (cli->out);
          LEVELS[level].add (cli, imp_source_item_get_listing (item));
          json_builder_set_member_name (cli->out, LEVELS[level].children);
          json_builder_begin_array (cli->out);
        }
      add_item (cli, item, i + 1);
      before = item; /* the list keeps it */
    }
  close_levels (cli, 0, before != NULL);
  json_builder_end_array (cli->out);
}

static void
add_problems (ImpCli *cli, GListModel *items, guint from)
{
  json_builder_set_member_name (cli->out, "problems");
  json_builder_begin_array (cli->out);
  for (guint i = from; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ImpSourceItem) item = g_list_model_get_item (items, i);
      const char *problem = imp_source_item_get_problem (item);

      json_builder_begin_object (cli->out);
      imp_cli_add_secret (cli, "file", imp_source_item_get_name (item));
      imp_cli_add_string (cli, "problem", problem);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "Not listed: %s: %s", imp_cli_mask (cli, imp_source_item_get_name (item)),
                    problem);
    }
  json_builder_end_array (cli->out);
}

/* Those with a problem come last. */
static guint
count_listed (GListModel *items)
{
  guint n = 0;

  for (; n < g_list_model_get_n_items (items); n++)
    {
      g_autoptr (ImpSourceItem) item = g_list_model_get_item (items, n);

      if (imp_source_item_get_listing (item) == NULL)
        break;
    }
  return n;
}

/**
 * imp_cli_session_sources:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says which pictures a source has, by patient, study and series, without opening one.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_session_sources (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpSourceList) list = NULL;
  GListModel *items = NULL;
  guint n = 0;

  if (!imp_cli_parse (cli, NULL, "SOURCE…", &left, IMP_CLI_SOME, error))
    return FALSE;
  list = imp_cli_load_sources (cli, left + 1, error);
  if (list == NULL)
    return FALSE;
  items = imp_source_list_get_items (list);
  n = count_listed (items);
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "listed", n);
  imp_cli_add_int (cli, "hidden", imp_source_list_get_n_hidden (list));
  add_groups (cli, items, n);
  add_problems (cli, items, n);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%u pictures, %u files that are not listed, %u hidden", n,
                g_list_model_get_n_items (items) - n, imp_source_list_get_n_hidden (list));
  return TRUE;
}
