/* Which fragments of encapsulated pixel data belong to which frame. */
#pragma once

#include <glib.h>

#include <vector>

class DcmPixelItem;

struct ImpFrameMap
{
  std::vector<DcmPixelItem *> fragments; /* borrowed from the data set; none is empty */
  std::vector<size_t> first;             /* of each frame, then the number of fragments */
};
