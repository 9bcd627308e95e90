/* What the helper says of a file's header. The files, and all that they say, are made by
 * tests/fixtures/curate_make.py. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-listing.h"

#define ROOT "1.2.826.0.1.3680043.8.498"

static ImpListing *
read_listing (const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (g_getenv ("CURATE_FIXTURES"), "headers", name, NULL);
  struct stat info = { 0 };
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  ImpListing *listing = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (fstat (fd, &info), ==, 0);
  listing = imp_listing_read_sync (fd, (guint64)info.st_size, NULL, error);
  close (fd);
  return listing;
}

static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpListing) listing = read_listing ("full.dcm", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (listing->format, ==, "dicom");
  g_assert_cmpstr (listing->patient_number, ==, "H204417");
  g_assert_cmpstr (listing->issuer, ==, "Example Trust");
  g_assert_cmpuint (g_strv_length (listing->patient_numbers), ==, 2);
  g_assert_cmpstr (listing->patient_numbers[0], ==, "H204417");
  g_assert_cmpstr (listing->patient_numbers[1], ==, "OLD-77");
  g_assert_cmpstr (listing->patient_name, ==, "EXAMPLE^PERSON A");
  g_assert_cmpstr (listing->born, ==, "19700102");
  g_assert_cmpstr (listing->study, ==, ROOT ".4");
  g_assert_cmpstr (listing->study_date, ==, "20240415");
  g_assert_cmpstr (listing->study_title, ==, "Study 4");
  g_assert_cmpstr (listing->series, ==, ROOT ".4.5");
  g_assert_cmpstr (listing->series_title, ==, "Series 5");
  g_assert_cmpstr (listing->image, ==, ROOT ".4.5.6");
  g_assert_cmpstr (listing->modality, ==, "CT");
  g_assert_cmpstr (listing->manufacturer, ==, "Example Works");
  g_assert_cmpstr (listing->model, ==, "Scanner 3");
  g_assert_cmpstr (listing->station, ==, "CT01");
  g_assert_cmpstr (listing->burned_in, ==, "NO");
  g_assert_cmpint (listing->series_number, ==, 5);
  g_assert_cmpint (listing->instance_number, ==, 6);
  g_assert_cmpint (listing->width, ==, 8);
  g_assert_cmpint (listing->height, ==, 6);
  g_assert_cmpuint (listing->n_frames, ==, 3);
}

/* A file of which nothing is there behind the head of its pixels is listed all the same. */
static void
test_without_pixels (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpListing) listing = read_listing ("without-pixels-behind.dcm", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (listing->image, ==, ROOT ".4.5.6");
  g_assert_cmpint (listing->width, ==, 8);
}

static void
test_ways_of_writing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpListing) other_end = read_listing ("big-endian.dcm", &error);
  g_autoptr (ImpListing) letters = read_listing ("umlaut.dcm", &error);
  g_autoptr (ImpListing) unnumbered = read_listing ("unnumbered.dcm", &error);

  g_assert_no_error (error);
  g_assert_cmpint (other_end->instance_number, ==, 7);
  g_assert_cmpint (other_end->width, ==, 8);
  g_assert_cmpstr (letters->patient_name, ==, "EXÄMPLE^PERSON Ü");
  g_assert_cmpint (unnumbered->instance_number, ==, G_MAXINT);
  g_assert_cmpint (unnumbered->series_number, ==, G_MAXINT);
  g_assert_null (unnumbered->study_date);
}

static void
test_photos (void)
{
  static const struct
  {
    const char *name;
    const char *format;
    int width;
    int height;
  } photos[] = {
    { "photo.jpg", "jpeg", 40, 30 },  { "progressive.jpg", "jpeg", 17, 5 },
    { "photo.png", "png", 41, 31 },   { "photo.bmp", "bmp", 42, 32 },
    { "photo.webp", "webp", 43, 33 }, { "lossless.webp", "webp", 44, 34 },
    { "photo.tif", "tiff", 45, 35 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpListing) listing = read_listing (photos[i].name, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (listing->format, ==, photos[i].format);
      g_assert_cmpint (listing->width, ==, photos[i].width);
      g_assert_cmpint (listing->height, ==, photos[i].height);
      g_assert_null (listing->patient_number);
    }
}

static void
test_index (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpListing) listing = read_listing ("index", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (listing->format, ==, "dicomdir");
  g_assert_cmpuint (g_strv_length (listing->files), ==, 2);
  g_assert_cmpstr (listing->files[0], ==, "IMAGES/A1");
  g_assert_cmpstr (listing->files[1], ==, "IMAGES/A2");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *name;
    int code;
    const char *words;
  } files[] = {
    { "report.dcm", IMP_ERROR_UNSUPPORTED, "report" },
    { "notes.txt", IMP_ERROR_UNSUPPORTED, "not a picture" },
    { "short.png", IMP_ERROR_DAMAGED, "damaged" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpListing) listing = read_listing (files[i].name, &error);

      g_assert_null (listing);
      g_assert_error (error, IMP_ERROR, files[i].code);
      g_assert_nonnull (strstr (error->message, files[i].words));
      g_assert_null (strstr (error->message, "H204417"));
    }
}

/* An answer of a child that was taken over. */
static void
test_lies (void)
{
  static const char *const lies[] = {
    "{'format': <'gif'>}",
    "{'width': <8>}",
    "{'format': <'dicom'>, 'width': <-1>}",
    "{'format': <'dicom'>, 'frames': <uint32 0>}",
    "{'format': <'dicom'>, 'frames': <uint32 4000000000>}",
    "{'format': <'dicom'>, 'patient-name': <'A\\nB'>}",
    "{'format': <'dicomdir'>, 'files': <['a\\u0001']>}",
  };
  g_autoptr (GString) longer = g_string_new ("{'format': <'dicom'>, 'series': <'");

  for (gsize i = 0; i <= G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer = NULL;

      if (i == G_N_ELEMENTS (lies))
        {
          for (guint n = 0; n < 2000; n++)
            g_string_append_c (longer, '1');
          g_string_append (longer, "'>}");
        }
      answer = g_variant_parse (G_VARIANT_TYPE_VARDICT,
                                i < G_N_ELEMENTS (lies) ? lies[i] : longer->str, NULL, NULL, NULL);
      g_assert_nonnull (answer);
      g_assert_null (imp_listing_new_from_variant (answer, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curate/listing/all", test_all);
  g_test_add_func ("/curate/listing/without-pixels", test_without_pixels);
  g_test_add_func ("/curate/listing/ways-of-writing", test_ways_of_writing);
  g_test_add_func ("/curate/listing/photos", test_photos);
  g_test_add_func ("/curate/listing/index", test_index);
  g_test_add_func ("/curate/listing/refused", test_refused);
  g_test_add_func ("/curate/listing/lies", test_lies);
  return g_test_run ();
}
