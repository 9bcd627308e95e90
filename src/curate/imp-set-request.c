#include "imp-set-request.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "imp-curation-open.h"
#include "imp-error.h"

static const struct
{
  const char *word;
  ImpVoiFunction function;
} FUNCTIONS[] = {
  { " linear", IMP_VOI_LINEAR },
  { " linear-exact", IMP_VOI_LINEAR_EXACT },
  { " sigmoid", IMP_VOI_SIGMOID },
};

/**
 * imp_set_describe_voi:
 * @window: a window that somebody chose
 *
 * Returns: (transfer full): it, as imp_set_parse_voi() reads it
 */
char *
imp_set_describe_voi (const ImpWindow *window)
{
  char centre[G_ASCII_DTOSTR_BUF_SIZE] = "";
  char width[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (window->function == IMP_VOI_TABLE)
    return g_strdup_printf ("voi-lut %u", window->table + 1);
  for (guint i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++)
    if (FUNCTIONS[i].function == window->function)
      return g_strdup_printf (
          "window %s,%s%s", g_ascii_dtostr (centre, sizeof centre, window->centre),
          g_ascii_dtostr (width, sizeof width, window->width), FUNCTIONS[i].word);
  g_return_val_if_reached (NULL);
}

/**
 * imp_set_parse_voi:
 * @text: as imp_case_describe_voi() writes it: "window 40,400 linear", "voi-lut 2"
 * @window: (out): what that is
 *
 * Returns: whether it is one of them
 */
gboolean
imp_set_parse_voi (const char *text, ImpWindow *window)
{
  guint table = 0;
  char rest = '\0';
  char *end = NULL;

  *window = (ImpWindow){ 0 };
  if (sscanf (text, "voi-lut %u%c", &table, &rest) == 1 && table > 0)
    {
      window->function = IMP_VOI_TABLE;
      window->table = table - 1;
      return TRUE;
    }
  if (!g_str_has_prefix (text, "window "))
    return FALSE;
  window->centre = g_ascii_strtod (text + strlen ("window "), &end);
  if (*end != ',')
    return FALSE;
  window->width = g_ascii_strtod (end + 1, &end);
  for (guint i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++)
    if (g_str_equal (end, FUNCTIONS[i].word))
      {
        window->function = FUNCTIONS[i].function;
        return window->width > 0;
      }
  return FALSE;
}

static void
add_box (GString *text, const ImpCurationBox *box)
{
  g_string_append_printf (text, " %d:%d,%d,%d,%d", box->frame, box->x, box->y, box->width,
                          box->height);
}

static gboolean
speaks_of (const ImpCurationAnswer *answer, const ImpCurationItem *item)
{
  return (answer->patient_id == 0 || answer->patient_id == item->patient_id)
         && (answer->case_id == 0 || answer->case_id == item->case_id)
         && (answer->item_id == 0 || answer->item_id == item->id);
}

/**
 * imp_set_describe:
 * @item: a picture of a session
 * @patients: (element-type ImpCurationPatient): whose pictures are in it
 * @answers: (element-type ImpCurationAnswer): what was answered in it
 *
 * Returns: (transfer full): all that somebody had before them who cleared @item: what it shows and
 *   covers, whose it is, what was said of it. To be compared
 */
char *
imp_set_describe (const ImpCurationItem *item, GPtrArray *patients, GPtrArray *answers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s %u %u %s", item->sha256, item->page, item->frame, item->voi);
  add_box (text,
           &(ImpCurationBox){ 0, item->crop.x, item->crop.y, item->crop.width, item->crop.height });
  for (guint i = 0; i < item->boxes->len; i++)
    add_box (text, &g_array_index (item->boxes, ImpCurationBox, i));
  for (guint i = 0; i < patients->len; i++)
    {
      const ImpCurationPatient *patient = g_ptr_array_index (patients, i);

      if (patient->id == item->patient_id)
        g_string_append_printf (text, "\n%" G_GINT64_FORMAT " %s", patient->id, patient->person_id);
    }
  for (guint i = 0; i < answers->len; i++)
    {
      const ImpCurationAnswer *answer = g_ptr_array_index (answers, i);

      if (speaks_of (answer, item))
        g_string_append_printf (text, "\n%s=%s", answer->key, answer->value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static ImpSource *
open_file (const ImpCurationItem *item, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSource) source = imp_curation_open_file_sync (item, cancellable, error);

  if (source == NULL || !imp_source_check_whole (source, error))
    return NULL;
  if (item->sha256 != NULL && g_strcmp0 (item->sha256, imp_source_get_sha256 (source)) != 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                           _ ("The file has changed since the picture was covered: look at it "
                              "again"));
      return NULL;
    }
  return item->page > 0 ? imp_source_open_page_sync (source, item->page, cancellable, error)
                        : g_steal_pointer (&source);
}

static void
set_boxes (ImpRequest *request, const ImpCurationItem *item)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));

  for (guint i = 0; i < item->boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (item->boxes, ImpCurationBox, i);
      const ImpRect rect = { box->x, box->y, box->width, box->height };

      if (box->frame == IMP_CURATION_ALL_FRAMES || box->frame == (int)item->frame)
        g_array_append_val (boxes, rect);
    }
  imp_request_set_boxes (request, (const ImpRect *)boxes->data, boxes->len);
  if (item->crop.width > 0)
    {
      const ImpRect crop = { item->crop.x, item->crop.y, item->crop.width, item->crop.height };

      imp_request_set_crop (request, &crop);
    }
}

/**
 * imp_set_request_new:
 * @item: a picture of a session
 * @origin: who asks
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Opens the file, and lays out what covers the frame that leaves. Use, person, answers and target
 * are still to be said.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with %IMP_ERROR_REFUSED (the file has
 *   changed), %IMP_ERROR_DAMAGED (its window cannot be read) or the errors of
 *   imp_curation_open_file_sync()
 */
ImpRequest *
imp_set_request_new (const ImpCurationItem *item, ImpOrigin origin, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ImpSource) source = open_file (item, cancellable, error);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, item->frame, 0, cancellable, error)
                     : NULL;
  g_autoptr (ImpRequest) request = NULL;
  ImpWindow window = { 0 };

  if (frame == NULL)
    return NULL;
  request = imp_request_new (source, item->frame, frame, origin);
  set_boxes (request, item);
  if (item->voi != NULL && !imp_set_parse_voi (item->voi, &window))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                           _ ("The contrast of this picture cannot be read: choose it again"));
      return NULL;
    }
  if (item->voi != NULL)
    imp_request_set_window (request, &window);
  if (origin == IMP_ORIGIN_APP)
    {
      imp_request_set_looked_at (request, item->seen > 0);
      imp_request_set_seen_share (request, item->seen);
    }
  return g_steal_pointer (&request);
}
