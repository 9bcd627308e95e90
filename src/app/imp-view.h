/* Where the picture lies on the canvas: zoom and offset, and the mapping both ways.
 *
 * Owns: the arithmetic of looking.  May include: image (rectangles), graphene.
 * Must never: know of widgets, so that it is tested without a display. */
#pragma once

#include <graphene.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

#define IMP_VIEW_MIN_ZOOM (1.0 / 64)
#define IMP_VIEW_MAX_ZOOM 32.0

/**
 * ImpView:
 * @zoom: logical pixels of the canvas for one pixel of the picture, along its shorter side
 * @x: where the picture's left edge lies on the canvas, in logical pixels
 * @y: where its top edge lies
 * @shape: of one pixel; 0 × 0 for square ones
 */
typedef struct
{
  double zoom;
  double x;
  double y;
  ImpPixelShape shape;
} ImpView;

double imp_view_get_scale_x (const ImpView *view);
double imp_view_get_scale_y (const ImpView *view);

void imp_view_fit (ImpView *view, int picture_width, int picture_height, int width, int height);
void imp_view_zoom_at (ImpView *view, double zoom, double x, double y);
void imp_view_clamp (ImpView *view, int picture_width, int picture_height, int width, int height);
void imp_view_to_picture (const ImpView *view, double x, double y, double *picture_x,
                          double *picture_y);
graphene_rect_t imp_view_place (const ImpView *view, const ImpRect *rect, int scale);
graphene_rect_t imp_view_cover (const ImpView *view, const ImpRect *rect, int scale);

G_END_DECLS
