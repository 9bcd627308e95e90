#include "imp-suggest.h"

#include <string.h>

#include "imp-device-rules.h"
#include "imp-likeness.h"
#include "imp-ultrasound.h"

#define LEAST_KEPT 50 /* confidence from which on a reading is a reason to leave something */
#define MOST_GAP 3    /* halves of its height that a word may be from the next of its line */
#define MOST_GAP_OF_NUMBERS 12 /* the same of numbers, of which none is more than digits */
#define MOST_IN_LINE 64u       /* spots that are read together */

/* One text and where each of its spots stands in it. */
typedef struct
{
  GString *text;
  GArray *members; /* guint: spots, from left to right */
  GArray *starts;  /* gsize: where the text of each begins */
} Line;

static void
line_clear (Line *line)
{
  g_string_free (line->text, TRUE);
  g_array_unref (line->members);
  g_array_unref (line->starts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static const ImpSpot *
get_spot (GPtrArray *spots, guint n)
{
  return g_ptr_array_index (spots, n);
}

static ImpSuggestion *
get_suggestion (GPtrArray *suggestions, guint n)
{
  return g_ptr_array_index (suggestions, n);
}

/* Grey pictures of DICOM are X-rays and the like, whose skulls are no faces; what an ultrasound
 * scanner or a microscope colours is none either. What a scanner has made of a head in colour may
 * be one. Other files do not say what they are, and are taken for photographs. */
static gboolean
may_show_faces (const ImpFacts *facts)
{
  const char *kind = imp_facts_get_image_kind (facts);
  const char *photometric = imp_facts_get_photometric (facts);

  if (g_strcmp0 (imp_facts_get_format (facts), "dicom") != 0)
    return TRUE;
  return photometric != NULL && !g_str_has_prefix (photometric, "MONOCHROME")
         && g_strcmp0 (kind, "ultrasound") != 0 && g_strcmp0 (kind, "slide") != 0;
}

/**
 * imp_suggest_choose_looks:
 * @facts: what the file says
 *
 * Returns: what to look for in a picture of this kind: text and codes in all, faces in photographs
 */
ImpScreenerLooks
imp_suggest_choose_looks (const ImpFacts *facts)
{
  return may_show_faces (facts) ? IMP_SCREENER_ALL | IMP_SCREENER_FACES : IMP_SCREENER_ALL;
}

/* Puts the reasons of what was found in a text on the suggestions of the spots that it covers. */
static void
take_matches (GPtrArray *suggestions, const Line *line, const ImpKnown *known)
{
  g_autoptr (GArray) found = imp_known_find (known, line->text->str);

  for (guint i = 0; i < found->len; i++)
    {
      const ImpKnownMatch *match = &g_array_index (found, ImpKnownMatch, i);

      for (guint j = 0; j < line->members->len; j++)
        {
          gsize start = g_array_index (line->starts, gsize, j);
          gsize end = j + 1 < line->members->len ? g_array_index (line->starts, gsize, j + 1) - 1
                                                 : line->text->len;
          ImpSuggestion *suggestion =
              get_suggestion (suggestions, g_array_index (line->members, guint, j));

          if (match->end <= start || match->start >= end)
            continue;
          imp_suggestion_add_reason (suggestion, match->why, match->detail);
          suggestion->firm = suggestion->firm || match->firm;
        }
    }
}

static void
line_init (Line *line)
{
  line->text = g_string_new (NULL);
  line->members = g_array_new (FALSE, FALSE, sizeof (guint));
  line->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
line_add (Line *line, GPtrArray *spots, guint n, char between)
{
  g_autofree char *valid = g_utf8_make_valid (get_spot (spots, n)->text, -1);
  gsize start = 0;

  g_strdelimit (valid, " ", between);
  if (line->text->len > 0)
    g_string_append_c (line->text, between);
  start = line->text->len;
  g_array_append_val (line->members, n);
  g_array_append_val (line->starts, start);
  g_string_append (line->text, valid);
}

/* Where a spot stands along and across the direction in which it is read. */
static ImpRect
as_read (const ImpSpot *spot)
{
  const ImpRect *at = &spot->rect;

  switch (spot->turn)
    {
    case 90:
      return (ImpRect){ at->y, -(at->x + at->width), at->height, at->width };
    case 180:
      return (ImpRect){ -(at->x + at->width), -(at->y + at->height), at->width, at->height };
    case 270:
      return (ImpRect){ -(at->y + at->height), at->x, at->height, at->width };
    default:
      return *at;
    }
}

static gboolean
is_beside (const ImpSpot *a, const ImpSpot *b, int most_gap)
{
  const ImpRect one = as_read (a);
  const ImpRect other = as_read (b);
  int height = MIN (one.height, other.height);
  int common = MIN (one.y + one.height, other.y + other.height) - MAX (one.y, other.y);
  int gap = other.x - (one.x + one.width);

  return a->kind == IMP_SPOT_TEXT && b->kind == IMP_SPOT_TEXT && b->text != NULL
         && a->turn == b->turn && 2 * common >= height && gap > -height
         && 2 * gap <= most_gap * height && other.x > one.x;
}

/* Whether the text of @b may go on that of @a, which stands to its left. */
static gboolean
goes_on (const ImpSpot *a, const ImpSpot *b)
{
  return is_beside (a, b, MOST_GAP);
}

/* Digits, and what stands between them: by itself it may be one of a scale. */
static gboolean
is_bare_number (const ImpSpot *spot)
{
  const char *text = spot->text != NULL ? spot->text : "";

  return strpbrk (text, "0123456789") != NULL && strspn (text, "0123456789.,:/- ") == strlen (text);
}

/* The same of numbers that stand further apart, as in the boxes of a form. */
static gboolean
goes_on_apart (const ImpSpot *a, const ImpSpot *b)
{
  return is_bare_number (a) && is_bare_number (b) && is_beside (a, b, MOST_GAP_OF_NUMBERS);
}

/* The same of numbers that stand below each other. */
static gboolean
goes_on_below (const ImpSpot *a, const ImpSpot *b)
{
  const ImpRect one = as_read (a);
  const ImpRect other = as_read (b);
  int common = MIN (one.x + one.width, other.x + other.width) - MAX (one.x, other.x);
  int gap = other.y - (one.y + one.height);

  return is_bare_number (a) && is_bare_number (b) && a->kind == IMP_SPOT_TEXT
         && b->kind == IMP_SPOT_TEXT && a->turn == b->turn
         && 2 * common >= MIN (one.width, other.width)
         && 2 * gap <= MOST_GAP * MIN (one.height, other.height) && other.y > one.y;
}

typedef gboolean (*GoesOn) (const ImpSpot *a, const ImpSpot *b);

/* The spot that goes on @n, the nearest; @n itself where none does. */
static guint
find_next (GPtrArray *spots, guint n, GoesOn goes_on_by)
{
  guint next = n;
  int least = G_MAXINT;

  for (guint i = 0; i < spots->len; i++)
    {
      const ImpRect at = as_read (get_spot (spots, i));
      int place = goes_on_by == goes_on_below ? at.y : at.x;

      if (i == n || place >= least || !goes_on_by (get_spot (spots, n), get_spot (spots, i)))
        continue;
      next = i;
      least = place;
    }
  return next;
}

/* A name or a number that was read in pieces is found in what stands together; a day in bare
 * numbers too, whatever is between them. */
static void
take_lines (GPtrArray *spots, GPtrArray *suggestions, const ImpKnown *known, GoesOn goes_on_by)
{
  gboolean numbers = goes_on_by != goes_on;
  char between = numbers ? '/' : ' ';

  for (guint i = 0; i < spots->len; i++)
    {
      g_auto (Line) line = { 0 };
      const ImpSpot *spot = get_spot (spots, i);

      line_init (&line);
      if (spot->kind != IMP_SPOT_TEXT || spot->text == NULL || (numbers && !is_bare_number (spot)))
        continue;
      line_add (&line, spots, i, between);
      for (guint at = i, next = find_next (spots, i, goes_on_by);
           next != at && line.members->len < MOST_IN_LINE;
           at = next, next = find_next (spots, at, goes_on_by))
        line_add (&line, spots, next, between);
      if (numbers || line.members->len > 1)
        take_matches (suggestions, &line, known);
    }
}

/* What the text of one spot says by itself. */
static void
take_text (GPtrArray *spots, GPtrArray *suggestions, guint n, const ImpKnown *known)
{
  g_auto (Line) line = { 0 };

  line_init (&line);
  if (get_spot (spots, n)->text == NULL)
    return;
  line_add (&line, spots, n, ' ');
  take_matches (suggestions, &line, known);
  if (get_spot (spots, n)->kind != IMP_SPOT_TEXT)
    return;
  if (imp_likeness_is_date (line.text->str))
    imp_suggestion_add_reason (get_suggestion (suggestions, n), IMP_WHY_DATE, NULL);
  if (imp_likeness_is_number (line.text->str))
    imp_suggestion_add_reason (get_suggestion (suggestions, n), IMP_WHY_NUMBER, NULL);
  if (imp_likeness_is_name (line.text->str))
    imp_suggestion_add_reason (get_suggestion (suggestions, n), IMP_WHY_NAME, NULL);
}

static gboolean
is_read (const ImpSpot *spot)
{
  g_autofree char *text = g_strdup (spot->text != NULL ? spot->text : "");

  return *g_strstrip (text) != '\0';
}

/* What is no reason to leave anything is the least reason to cover it. */
static void
settle (const ImpSpot *spot, ImpSuggestion *suggestion)
{
  if (spot->kind == IMP_SPOT_CODE)
    imp_suggestion_add_reason (suggestion, IMP_WHY_CODE, NULL);
  else if (spot->kind == IMP_SPOT_FACE)
    imp_suggestion_add_reason (suggestion, IMP_WHY_FACE, NULL);
  else if (!is_read (spot))
    imp_suggestion_add_reason (suggestion, IMP_WHY_UNREAD, NULL);
  else if (suggestion->reasons->len == 0)
    {
      g_autofree char *valid = g_utf8_make_valid (spot->text, -1);

      imp_suggestion_add_reason (suggestion, IMP_WHY_TEXT, NULL);
      if (spot->confidence >= LEAST_KEPT)
        suggestion->keep = imp_likeness_find_keep (valid);
    }
}

/* Whether nothing but one letter or digit was read. */
static gboolean
is_one_letter (const ImpSpot *spot)
{
  guint n = 0;

  for (const char *at = spot->text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    n += g_unichar_isalnum (g_utf8_get_char (at));
  return n == 1;
}

static gboolean
says_who (const ImpSuggestion *suggestion)
{
  return imp_suggestion_has_reason (suggestion, IMP_WHY_HEADER)
         || imp_suggestion_has_reason (suggestion, IMP_WHY_PERSON)
         || imp_suggestion_has_reason (suggestion, IMP_WHY_NAME);
}

/* A letter that stands beside a name is an initial of it, not a side or a view. */
static void
give_up_initials (GPtrArray *spots, GPtrArray *suggestions)
{
  for (guint i = 0; i < spots->len; i++)
    {
      ImpSuggestion *suggestion = get_suggestion (suggestions, i);
      const ImpSpot *spot = get_spot (spots, i);

      if (suggestion->keep == IMP_KEEP_NO || !is_one_letter (spot))
        continue;
      for (guint j = 0; j < spots->len && suggestion->keep != IMP_KEEP_NO; j++)
        if (j != i && says_who (get_suggestion (suggestions, j))
            && (goes_on (spot, get_spot (spots, j)) || goes_on (get_spot (spots, j), spot)))
          suggestion->keep = IMP_KEEP_NO;
    }
}

/**
 * imp_suggest_spots:
 * @spots: (element-type ImpSpot): what was seen on one frame
 * @known: what is known of whose picture it is
 * @frame_number: the frame, from 0
 *
 * Suggests every spot, with all its reasons: nothing that was seen is left out, and what matches
 * what is known is never kept.
 *
 * Returns: (transfer full) (element-type ImpSuggestion): one for each spot, in their order
 */
GPtrArray *
imp_suggest_spots (GPtrArray *spots, const ImpKnown *known, guint frame_number)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);

  for (guint i = 0; i < spots->len; i++)
    {
      const ImpSpot *spot = get_spot (spots, i);
      ImpSuggestion *suggestion = imp_suggestion_new (frame_number, &spot->rect);

      suggestion->text = g_strdup (spot->text);
      suggestion->confidence = spot->confidence;
      g_ptr_array_add (suggestions, suggestion);
    }
  for (guint i = 0; i < spots->len; i++)
    take_text (spots, suggestions, i, known);
  take_lines (spots, suggestions, known, goes_on);
  take_lines (spots, suggestions, known, goes_on_apart);
  take_lines (spots, suggestions, known, goes_on_below);
  for (guint i = 0; i < spots->len; i++)
    settle (get_spot (spots, i), get_suggestion (suggestions, i));
  give_up_initials (spots, suggestions);
  return suggestions;
}

static void
add_area (GPtrArray *suggestions, guint frame_number, const ImpRect *rect, ImpWhy why,
          const char *detail)
{
  ImpSuggestion *suggestion = imp_suggestion_new (frame_number, rect);

  imp_suggestion_add_reason (suggestion, why, detail);
  g_ptr_array_add (suggestions, suggestion);
}

/* What is drawn of a frame's overlays, as the smallest rectangle around it. */
static gboolean
find_drawn (const ImpFrame *frame, ImpRect *drawn)
{
  const guint8 *mask = imp_frame_get_mask (frame);
  int width = imp_frame_get_width (frame);
  int left = G_MAXINT;
  int right = -1;
  int top = -1;
  int bottom = -1;

  for (int y = 0; mask != NULL && y < imp_frame_get_height (frame); y++)
    for (int x = 0; x < width; x++)
      if (mask[(gsize)y * (gsize)width + (gsize)x] != 0)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = top < 0 ? y : top;
          bottom = y;
        }
  *drawn = (ImpRect){ left, top, right - left + 1, bottom - top + 1 };
  return right >= 0;
}

static void
add_overlays (GPtrArray *suggestions, const ImpFacts *facts, const ImpFrame *frame,
              guint frame_number)
{
  GPtrArray *overlays = imp_facts_get_overlays (facts);
  ImpSuggestion *suggestion = NULL;
  ImpRect drawn = { 0 };

  if (frame == NULL || !find_drawn (frame, &drawn))
    return;
  suggestion = imp_suggestion_new (frame_number, &drawn);
  for (guint i = 0; i < overlays->len; i++)
    {
      const ImpOverlay *overlay = g_ptr_array_index (overlays, i);
      g_autofree char *group = g_strdup_printf ("%04x", overlay->group);

      if ((imp_frame_get_planes (frame) & imp_overlay_get_plane (overlay)) != 0)
        imp_suggestion_add_reason (suggestion, IMP_WHY_OVERLAY, group);
    }
  g_ptr_array_add (suggestions, suggestion);
}

/**
 * imp_suggest_areas:
 * @facts: what the file says
 * @frame: (nullable): the frame as it is shown, whose overlays count where they are drawn
 * @frame_number: which it is, from 0
 *
 * Suggests what can be known without looking at the picture: where this scanner writes, what lies
 * outside the ultrasound regions, the strip along the top of an ultrasound screen whose layout
 * nobody knows, and overlays that are drawn.
 *
 * Returns: (transfer full) (element-type ImpSuggestion): areas, perhaps none
 */
GPtrArray *
imp_suggest_areas (const ImpFacts *facts, const ImpFrame *frame, guint frame_number)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);
  const ImpDevice device = imp_device_of_facts (facts);
  const ImpDeviceRule *rule = imp_device_rules_find (imp_device_rules_get (), &device);
  g_autoptr (GArray) outside = imp_ultrasound_find_outside (facts);
  ImpRect strip = { 0 };

  for (guint i = 0; rule != NULL && i < rule->boxes->len; i++)
    add_area (suggestions, frame_number, &g_array_index (rule->boxes, ImpRect, i), IMP_WHY_DEVICE,
              rule->id);
  for (guint i = 0; i < outside->len; i++)
    add_area (suggestions, frame_number, &g_array_index (outside, ImpRect, i), IMP_WHY_OUTSIDE,
              NULL);
  if (rule == NULL && imp_ultrasound_find_strip (facts, &strip))
    add_area (suggestions, frame_number, &strip, IMP_WHY_STRIP, NULL);
  add_overlays (suggestions, facts, frame, frame_number);
  return suggestions;
}

/**
 * imp_suggest_remembered:
 * @rects: (element-type ImpRect): what is covered on pictures of this scanner
 * @frame_number: the frame to suggest them for
 *
 * Returns: (transfer full) (element-type ImpSuggestion): each of them, as it is remembered
 */
GPtrArray *
imp_suggest_remembered (const GArray *rects, guint frame_number)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);

  for (guint i = 0; i < rects->len; i++)
    add_area (suggestions, frame_number, &g_array_index (rects, ImpRect, i), IMP_WHY_TEMPLATE,
              NULL);
  return suggestions;
}
