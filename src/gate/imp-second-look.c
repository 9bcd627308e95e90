/* The gate's second look: what the picture still shows as it would leave (leaks.md row 28). */
#include <glib/gi18n.h>
#include <math.h>

#include "gate-private.h"
#include "imp-error.h"
#include "imp-screener.h"
#include "imp-suggest.h"

#define MOST_TOLD 200 /* places of which each is told by itself */
#define STANDARD "DICOM PS3.15 E.3.1"

/* What nobody may see in the output: the values of the file's header, and whose picture it is. */
static ImpKnown *
gather_known (const ImpCase *self)
{
  ImpKnown *known = imp_known_new ();

  imp_known_add_facts (known, imp_source_get_facts (self->request->source));
  for (guint i = 0; i < self->people->len; i++)
    {
      const ImpPerson *person = g_ptr_array_index (self->people, i);

      imp_known_add_person (known, person->name, person->hospital_number, person->nhs_number,
                            person->born, person->died);
    }
  return known;
}

/* A place of the output, whose pixels are square and which may be cut, in the full frame. */
static ImpRect
place_in_frame (const ImpCase *self, const ImpRaster *output, const ImpRect *rect)
{
  const ImpRect frame = { 0, 0, imp_raster_get_width (self->rendering),
                          imp_raster_get_height (self->rendering) };
  const ImpRect *kept = self->has_crop ? &self->crop : &frame;
  double across = (double)kept->width / imp_raster_get_width (output);
  double down = (double)kept->height / imp_raster_get_height (output);
  int x = (int)floor (rect->x * across);
  int y = (int)floor (rect->y * down);

  return (ImpRect){ kept->x + x, kept->y + y, (int)ceil ((rect->x + rect->width) * across) - x,
                    (int)ceil ((rect->y + rect->height) * down) - y };
}

static GPtrArray *
find_left (const ImpCase *self, const ImpRaster *output, GPtrArray *spots)
{
  g_autoptr (ImpKnown) known = gather_known (self);
  g_autoptr (GPtrArray) seen = imp_suggest_spots (spots, known, self->request->frame_number);
  GPtrArray *left = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);

  /* Whether a face may leave is asked for by itself, whatever was seen. */
  for (guint i = 0; i < seen->len; i++)
    {
      ImpSuggestion *each = g_ptr_array_index (seen, i);

      if (((const ImpSpot *)g_ptr_array_index (spots, i))->kind == IMP_SPOT_FACE)
        continue;
      each = imp_suggestion_copy (each);
      each->rect = place_in_frame (self, output, &each->rect);
      g_ptr_array_add (left, each);
    }
  imp_suggest_join (left);
  return left;
}

/* A file that says of itself that text is part of its picture, and of which nothing was covered or
 * cut off: all of it is a region that somebody has to answer for. */
static void
add_declared (ImpCase *self)
{
  const ImpRect frame = { 0, 0, imp_raster_get_width (self->rendering),
                          imp_raster_get_height (self->rendering) };
  ImpSuggestion *declared = NULL;

  if (!imp_facts_says_burned_in (imp_source_get_facts (self->request->source))
      || self->filled->len > 0 || self->has_crop)
    return;
  declared = imp_suggestion_new (self->request->frame_number, &frame);
  imp_suggestion_add_reason (declared, IMP_WHY_DECLARED, NULL);
  g_ptr_array_insert (self->left, 0, declared);
}

/**
 * imp_case_is_acknowledged:
 * @self: a case whose output was looked at
 * @left: one of the regions that it still shows
 *
 * Returns: whether the request names exactly this region of exactly this output
 */
gboolean
imp_case_is_acknowledged (const ImpCase *self, const ImpSuggestion *left)
{
  const ImpRequest *request = self->request;

  if (g_strcmp0 (request->acknowledged_output, self->output_sha256) != 0)
    return FALSE;
  for (guint i = 0; i < request->acknowledged->len; i++)
    if (imp_rect_equal (&g_array_index (request->acknowledged, ImpRect, i), &left->rect))
      return TRUE;
  return FALSE;
}

static void
refuse (ImpCase *self, const char *rule, const char *source, const ImpRect *region, char *text,
        const char *lift)
{
  ImpReason *reason = imp_reason_new (rule, IMP_OUTCOME_REFUSE, text, source, lift);

  if (region != NULL)
    {
      reason->region =
          g_strdup_printf ("%d,%d,%d,%d", region->x, region->y, region->width, region->height);
      reason->output = g_strdup (self->output_sha256);
    }
  g_ptr_array_add (self->reasons, reason);
  g_free (text);
}

/* By what it is known, and where it stands: never what it says. */
static void
refuse_known (ImpCase *self, const ImpSuggestion *left)
{
  const ImpSuggestionReason *first = g_ptr_array_index (left->reasons, 0);
  const ImpRect *at = &left->rect;

  if (first->why == IMP_WHY_PERSON)
    refuse (self, "floor:output-shows", STANDARD, at,
            g_strdup_printf (_ ("The finished picture still shows something of the person whose "
                                "picture it is (%s), at %d,%d, %d × %d pixels large."),
                             first->detail, at->x, at->y, at->width, at->height),
            _ ("Cover it, or crop it away."));
  else
    refuse (self, "floor:output-shows", STANDARD, at,
            g_strdup_printf (_ ("The finished picture still shows what the file's header says "
                                "(%s), at %d,%d, %d × %d pixels large."),
                             first->detail, at->x, at->y, at->width, at->height),
            _ ("Cover it, or crop it away."));
}

static void
refuse_unacknowledged (ImpCase *self, const ImpSuggestion *left)
{
  const ImpRect *at = &left->rect;

  if (imp_suggestion_has_reason (left, IMP_WHY_DECLARED))
    refuse (self, "floor:burned-in", "DICOM (0028,0301)", at,
            g_strdup (_ ("The file itself says that text is part of its picture, and nothing of it "
                         "is covered or cropped away.")),
            _ ("Cover what it says. Where nothing is left of it, acknowledge the whole picture."));
  else
    refuse (self, "floor:output-text", STANDARD, at,
            g_strdup_printf (_ ("The finished picture shows writing or a code at %d,%d, %d × %d "
                                "pixels large, and nobody has said that it may stay."),
                             at->x, at->y, at->width, at->height),
            _ ("Cover it, or look at it and acknowledge it."));
}

static void
judge_left (ImpCase *self)
{
  guint n_more = 0;

  for (guint i = 0; i < self->left->len; i++)
    {
      const ImpSuggestion *left = g_ptr_array_index (self->left, i);

      if (left->firm)
        refuse_known (self, left);
    }
  for (guint i = 0, n_told = 0; i < self->left->len; i++)
    {
      const ImpSuggestion *left = g_ptr_array_index (self->left, i);

      if (left->firm || left->keep != IMP_KEEP_NO || imp_case_is_acknowledged (self, left))
        continue;
      if (n_told++ < MOST_TOLD)
        refuse_unacknowledged (self, left);
      else
        n_more++;
    }
  if (n_more > 0)
    refuse (self, "floor:output-text", STANDARD, NULL,
            g_strdup_printf (ngettext ("%u more place shows writing or a code.",
                                       "%u more places show writing or a code.", n_more),
                             n_more),
            _ ("Cover it, or look at it and acknowledge it."));
}

/**
 * imp_case_look_again:
 * @self: a case
 * @output: the picture as it would leave, decoded
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Looks at the finished picture for what may identify, and adds to @self's reasons: a refusal for
 * each place that shows what the file's header or the register says, and for each other writing
 * that nobody acknowledged; what readers of the picture need may stay. A picture that nobody could
 * look at is refused on both routes, as "not sure" is.
 *
 * Returns: whether @self's reasons say what came of it; %FALSE with %IMP_ERROR_CANCELLED
 */
gboolean
imp_case_look_again (ImpCase *self, ImpRaster *output, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) spots = imp_screener_look_sync (
      output, IMP_SCREENER_ALL | IMP_SCREENER_READ, cancellable, &local_error);

  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_free (self->output_sha256);
  self->output_sha256 = imp_raster_hash (output);
  if (spots == NULL && g_error_matches (local_error, IMP_ERROR, IMP_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (spots == NULL)
    {
      refuse (self, "floor:not-screened", "local", NULL,
              g_strdup (_ ("The finished picture could not be looked at for writing, so it is not "
                           "sure that it shows nobody's name.")),
              _ ("Try again; if it happens again, have the installation checked."));
      return TRUE;
    }
  self->left = find_left (self, output, spots);
  add_declared (self);
  judge_left (self);
  return TRUE;
}
