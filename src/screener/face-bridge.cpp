#include "face-bridge.h"

#include <opencv2/core/ocl.hpp>
#include <opencv2/objdetect.hpp>

#define STEP 1.1 /* each size that is looked for, to the one before it */

namespace
{

struct Cascades
{
  cv::CascadeClassifier views[2]; /* by ImpFaceView */
};

/* Where Debian's opencv-data keeps them, and where a build from source does. */
const char *const folders[] = { "/usr/share/opencv4/haarcascades/",
                                "/usr/local/share/opencv4/haarcascades/" };
const char *const names[] = { "haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml" };

Cascades *cascades; /* owned: of this process and its children, made once; NULL without the files */

bool
load (cv::CascadeClassifier &view, const char *name)
{
  for (const char *folder : folders)
    {
      const std::string path = std::string (folder) + name;

      /* Asked for first: OpenCV complains aloud of a file that is not there. */
      if (g_file_test (path.c_str (), G_FILE_TEST_IS_REGULAR) && view.load (path))
        return true;
    }
  return false;
}

} // namespace

/**
 * imp_face_bridge_start:
 *
 * Loads what faces look like, and makes what OpenCV makes on first use, before the process is
 * locked down.
 *
 * Returns: whether faces can be found: not where the cascades are not installed
 */
gboolean
imp_face_bridge_start (void)
{
  try
    {
      auto loaded = std::make_unique<Cascades> ();
      std::vector<cv::Rect> none;

      cv::setNumThreads (1);
      cv::ocl::setUseOpenCL (false);
      for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
        {
          if (!load (loaded->views[i], names[i]))
            return FALSE;
          loaded->views[i].detectMultiScale (cv::Mat (64, 64, CV_8UC1, cv::Scalar (0)), none);
        }
      cascades = loaded.release ();
      return TRUE;
    }
  catch (...)
    {
      return FALSE;
    }
}

/**
 * imp_face_bridge_find:
 * @plane: a picture
 * @view: how the faces are seen
 * @least_finds: how often one must be found, a little shifted or larger
 * @least: pixels: how wide a face is at least
 * @faces: (element-type ImpFace): what looks like one is added to them
 *
 * Returns: whether it was looked for to the end; it is not where there is too little memory
 */
gboolean
imp_face_bridge_find (const ImpPlane *plane, ImpFaceView view, int least_finds, int least,
                      GArray *faces)
{
  try
    {
      const cv::Mat picture (plane->height, plane->width, CV_8UC1, plane->data);
      std::vector<cv::Rect> found;
      std::vector<int> counts;

      cascades->views[view].detectMultiScale (picture, found, counts, STEP, least_finds, 0,
                                              cv::Size (least, least));
      for (size_t i = 0; i < found.size () && i < counts.size (); i++)
        {
          const cv::Rect &rect = found[i];
          const ImpFace face = { { rect.x, rect.y, rect.width, rect.height }, counts[i] };

          g_array_append_val (faces, face);
        }
      return TRUE;
    }
  catch (...)
    {
      return FALSE;
    }
}
