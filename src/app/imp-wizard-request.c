#include "imp-wizard-request.h"

/**
 * imp_wizard_request_new:
 * @picture: what lies on the desk
 *
 * Returns: (transfer full): a request for the shown frame, its window, boxes (and which of them
 *   were suggested) and crop; nothing is said in it about person, route or use
 */
ImpRequest *
imp_wizard_request_new (ImpPicture *picture)
{
  ImpRedaction *redaction = imp_picture_get_redaction (picture);
  g_autoptr (GArray) boxes = imp_redaction_get_boxes (redaction);
  g_autoptr (GArray) suggested = imp_redaction_get_suggested (redaction);
  ImpRequest *request =
      imp_request_new (imp_picture_get_source (picture), imp_picture_get_frame_number (picture),
                       imp_picture_get_frame (picture), IMP_ORIGIN_APP);
  ImpRect crop = { 0 };

  imp_request_set_window (request, imp_picture_get_window (picture));
  imp_request_set_boxes (request, (const ImpRect *)(void *)boxes->data, boxes->len);
  imp_request_set_accepted (request, (const ImpRect *)(void *)suggested->data, suggested->len);
  if (imp_redaction_get_crop (redaction, &crop))
    imp_request_set_crop (request, &crop);
  imp_request_set_looked_at (request, imp_picture_get_looked_at (picture));
  imp_request_set_seen_share (request, (int)imp_picture_get_seen_share (picture));
  return request;
}
