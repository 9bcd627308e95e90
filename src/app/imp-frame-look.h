/* One frame of the picture on the desk, looked at in a thread.
 *
 * Owns: how the frame was drawn, what was seen on it, and what that suggests.
 * May include: screen, register (values of a person).
 * Must never: decide, or be logged: it holds what was read. */
#pragma once

#include "imp-person.h"
#include "imp-source.h"
#include "imp-suggestion.h"

G_BEGIN_DECLS

/**
 * ImpFrameLook:
 * @number: the frame, from 0
 * @has_window: whether it was drawn in @window; if not, in its default presentation
 * @window: as it would be exported
 * @spots: (element-type ImpSpot) (nullable): what was seen; %NULL where nobody knows
 * @areas: (element-type ImpSuggestion): what is known without looking
 * @suggestions: (element-type ImpSuggestion): of both, never %NULL
 * @problem: (nullable): why it could not be looked at
 */
typedef struct
{
  guint number;
  gboolean has_window;
  ImpWindow window;
  GPtrArray *spots;
  GPtrArray *areas;
  GPtrArray *suggestions;
  char *problem;
} ImpFrameLook;

/**
 * ImpFrameWish:
 * @source: the file
 * @frame: (nullable): the frame, where it is decoded already
 * @number: which it is, from 0
 * @planes: overlays to draw
 * @window: (nullable): that somebody chose
 * @filled: (element-type ImpRect): what boxes fill
 * @crop: (nullable): what is kept
 * @person: (nullable): whose picture it is, as the register says
 * @remembered: (element-type ImpSuggestion) (nullable): what was covered on others of its scanner
 * @before: (nullable): how the same frame was looked at before, drawn as it is now: it is not
 *   looked at again, and @frame and what follows it are not asked
 *
 * What shall be looked at; copied where it is handed over.
 */
typedef struct
{
  ImpSource *source;
  ImpFrame *frame;
  guint number;
  guint planes;
  const ImpWindow *window;
  GArray *filled;
  const ImpRect *crop;
  const ImpPerson *person;
  GPtrArray *remembered;
  const ImpFrameLook *before;
} ImpFrameWish;

void imp_frame_look_async (const ImpFrameWish *wish, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
ImpFrameLook *imp_frame_look_finish (GAsyncResult *result, GError **error);
void imp_frame_look_free (ImpFrameLook *look);
gboolean imp_frame_look_was_drawn_in (const ImpFrameLook *look, const ImpWindow *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFrameLook, imp_frame_look_free)

G_END_DECLS
