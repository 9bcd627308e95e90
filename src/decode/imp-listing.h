/* What a file says of itself in its header, without its pixels: enough to put it into its place in
 * a list.  Nothing rests on it: who opens the file learns everything anew.
 *
 * Owns: the checked copy of the helper's answer.
 * May include: core.  Must never: hold pixels. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ImpListing:
 * @format: "dicom" "jpeg" "png" …: see imp_facts_get_format(); "dicomdir" and "zip" hold others
 * @patient_number: (nullable): Patient ID (0010,0020)
 * @issuer: (nullable): Issuer of Patient ID (0010,0021)
 * @patient_numbers: every number of the patient that the header carries, @patient_number first
 * @patient_name: (nullable): (0010,0010), as it is written there
 * @born: (nullable): (0010,0030), YYYYMMDD
 * @study: (nullable): Study Instance UID (0020,000D)
 * @study_date: (nullable): (0008,0020), YYYYMMDD
 * @study_title: (nullable): Study Description (0008,1030)
 * @series: (nullable): Series Instance UID (0020,000E)
 * @series_title: (nullable): Series Description (0008,103E)
 * @image: (nullable): SOP Instance UID (0008,0018)
 * @modality: (nullable): (0008,0060)
 * @manufacturer: (nullable): (0008,0070)
 * @model: (nullable): (0008,1090)
 * @station: (nullable): (0008,1010)
 * @burned_in: (nullable): (0028,0301)
 * @series_number: (0020,0011), or G_MAXINT where there is none
 * @instance_number: (0020,0013), or G_MAXINT where there is none
 * @bytes: of the whole file
 * @width: columns as stored, 0 where nothing says it
 * @height: rows as stored
 * @n_frames: of a DICOM file, else 1
 * @files: of a DICOMDIR: the files it names, in its order, each with "/" between its parts; else
 *   empty
 *
 * Every text is somebody's: none of it goes into a message.
 */
typedef struct
{
  char *format;
  char *patient_number;
  char *issuer;
  GStrv patient_numbers;
  char *patient_name;
  char *born;
  char *study;
  char *study_date;
  char *study_title;
  char *series;
  char *series_title;
  char *image;
  char *modality;
  char *manufacturer;
  char *model;
  char *station;
  char *burned_in;
  guint64 bytes;
  int series_number;
  int instance_number;
  int width;
  int height;
  guint n_frames;
  GStrv files;
} ImpListing;

ImpListing *imp_listing_new_from_variant (GVariant *answer, GError **error);
ImpListing *imp_listing_read_sync (int fd, guint64 size, GCancellable *cancellable, GError **error);
ImpListing *imp_listing_read_file_sync (GFile *file, GCancellable *cancellable, GError **error);
void imp_listing_free (ImpListing *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpListing, imp_listing_free)

G_END_DECLS
