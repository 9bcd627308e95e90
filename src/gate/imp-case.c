#include "imp-case.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gate-private.h"
#include "imp-approval.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-names.h"

static gboolean
lay_out_boxes (ImpCase *self, const ImpCover *cover, GError **error)
{
  const GArray *boxes = self->request->boxes;

  for (guint i = 0; i < boxes->len; i++)
    {
      const ImpRect *box = &g_array_index (boxes, ImpRect, i);
      ImpRect filled = imp_cover_fill (cover, box);

      if (imp_rect_is_empty (&filled))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("Box %u covers nothing of the picture, which is %d × %d pixels: correct "
                          "it or leave it out"),
                       i + 1, cover->width, cover->height);
          return FALSE;
        }
      g_array_append_val (self->filled, filled);
    }
  return TRUE;
}

static gboolean
lay_out (ImpCase *self, GError **error)
{
  const ImpRequest *request = self->request;
  const ImpCover cover = imp_facts_get_cover (imp_source_get_facts (request->source));
  ImpRect frame = { 0, 0, cover.width, cover.height };

  if (!lay_out_boxes (self, &cover, error))
    return FALSE;
  if (!request->has_crop)
    return TRUE;
  self->crop = imp_rect_intersect (&request->crop, &frame);
  self->has_crop = !imp_rect_equal (&self->crop, &frame);
  if (imp_rect_is_empty (&self->crop))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("The crop keeps nothing of the picture, which is %d × %d pixels"),
                   frame.width, frame.height);
      return FALSE;
    }
  if (self->has_crop)
    imp_cover_fill_crop_edges (&cover, &self->crop, self->filled);
  return TRUE;
}

static gboolean
render (ImpCase *self, GError **error)
{
  const ImpRequest *request = self->request;
  ImpWindow measured = { 0 };
  const ImpWindow *window =
      imp_frame_choose_window (request->frame, request->has_window ? &request->window : NULL,
                               (const ImpRect *)self->filled->data, self->filled->len,
                               self->has_crop ? &self->crop : NULL, &measured);

  self->rendering = imp_frame_render (request->frame, window, error);
  if (self->rendering == NULL)
    return FALSE;
  self->rendering_sha256 = imp_raster_hash (self->rendering);
  self->voi = imp_case_describe_voi (request, window == &measured ? &measured : NULL);
  return TRUE;
}

/**
 * imp_case_new:
 * @gate: the gate
 * @request: what is asked for; copied
 * @error: where to put the error
 *
 * Lays out boxes and crop, and renders the frame.
 *
 * Returns: (transfer full) (nullable): a case, not yet judged, or %NULL with %IMP_ERROR_USAGE or
 *   %IMP_ERROR_DAMAGED
 */
ImpCase *
imp_case_new (ImpGate *gate, ImpRequest *request, GError **error)
{
  g_autoptr (ImpCase) self = g_new0 (ImpCase, 1);

  self->request = imp_request_copy (request);
  self->pack = _imp_gate_ref_pack (gate);
  self->filled = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  self->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!imp_source_check_whole (request->source, error) || !imp_case_check_frame (self, error)
      || !lay_out (self, error) || !render (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * imp_case_flatten:
 * @self: a case
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the pixels that leave, or %NULL with %IMP_ERROR_UNSUPPORTED
 *   where square pixels would be too many
 */
ImpFlatImage *
imp_case_flatten (const ImpCase *self, GError **error)
{
  const ImpPixelShape shape = imp_facts_get_shape (imp_source_get_facts (self->request->source));

  return imp_flat_image_new (self->rendering, (const ImpRect *)self->filled->data,
                             self->filled->len, self->has_crop ? &self->crop : NULL, &shape, error);
}

/**
 * imp_case_free:
 * @self: (transfer full) (nullable): a case
 */
void
imp_case_free (ImpCase *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->request);
  g_clear_object (&self->pack);
  g_clear_pointer (&self->rendering, imp_raster_unref);
  g_clear_pointer (&self->rendering_sha256, g_free);
  g_clear_pointer (&self->voi, g_free);
  g_clear_pointer (&self->filled, g_array_unref);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->permission, imp_permission_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->person_ref, g_free);
  g_clear_pointer (&self->verdict, imp_verdict_free);
  g_clear_pointer (&self->approval, imp_approval_free);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_pointer (&self->decision, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->output_sha256, g_free);
  g_free (self);
}

/**
 * imp_case_is_public:
 * @self: a case
 *
 * Returns: whether it would be seen by the public: such a release needs the approval of a person
 *   at the desk for exactly its digest (policy.md, decisions)
 */
gboolean
imp_case_is_public (const ImpCase *self)
{
  const char *destination = self->request->destination;

  return g_strcmp0 (destination, "publication") == 0
         || g_strcmp0 (destination, "social-media") == 0;
}

/**
 * imp_case_refuse:
 * @self: a case
 * @rule: the gate's own rule
 * @reason: a sentence
 * @lift: what would lift it
 *
 * Adds a refusal of the gate's own floor, which no pack can lift.
 */
void
imp_case_refuse (ImpCase *self, const char *rule, const char *reason, const char *lift)
{
  g_ptr_array_add (self->reasons,
                   imp_reason_new (rule, IMP_OUTCOME_REFUSE, reason, "Imprimatur's floor", lift));
}

static const char *
yes_or_no (gboolean value)
{
  return value ? "yes" : "no";
}

/**
 * imp_case_known_answer:
 * @gate: the gate
 * @request: a request
 * @person: (nullable): the person of the register that it names
 * @key: a question's key
 * @source: (out) (optional) (transfer full): where it is known from, in words
 * @error: where to put the error
 *
 * Looks up what file, register or site already know, so that nobody is asked again.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL without an error where it is not known
 */
char *
imp_case_known_answer (ImpGate *gate, ImpRequest *request, const ImpPerson *person, const char *key,
                       char **source, GError **error)
{
  ImpFacts *facts = imp_source_get_facts (request->source);
  g_autofree char *today = imp_clock_today ();
  const char *from = "the register";
  char *known = NULL;

  if (g_str_equal (key, "local-policy-reference"))
    {
      from = "the site's settings";
      known = imp_register_get_setting (gate->people, key, error);
    }
  else if (g_str_equal (key, "image-kind"))
    {
      from = "the file";
      known = g_strdup (imp_facts_get_image_kind (facts));
    }
  else if (person != NULL && g_str_equal (key, "child"))
    {
      int age = imp_clock_age_at (person->born, person->died != NULL ? person->died : today);

      known = age >= 0 ? g_strdup (yes_or_no (age < 18)) : NULL;
    }
  else if (person != NULL && person->died != NULL && g_str_equal (key, "deceased"))
    known = g_strdup ("yes");
  else if (person != NULL && g_str_equal (key, "lacks-capacity"))
    {
      const char *lacks = NULL;

      if (imp_register_tell_capacity (gate->people, person, today, &lacks, error))
        known = g_strdup (lacks);
    }
  else if (person != NULL && person->known_to_audience && g_str_equal (key, "known-to-audience"))
    known = g_strdup ("yes");
  if (known != NULL && source != NULL)
    *source = g_strdup (from);
  return known;
}
