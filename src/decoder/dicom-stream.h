/* DCMTK's input stream over bytes in memory that stay where they are: values of some length are not
 * copied when the file is parsed, but read when they are asked for.
 *
 * DCMTK's own buffer stream copies everything, so a long cine would be held twice. */
#pragma once

#include <string>

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmdata/dcistrma.h"

/* Bytes that are read in place of others. */
struct ImpPatch
{
  ImpPatch () : at (0)
  {
  }
  ImpPatch (size_t where, const std::string &instead) : at (where), bytes (instead)
  {
  }
  size_t at;
  std::string bytes;
};

class ImpMemoryProducer : public DcmProducer
{
public:
  ImpMemoryProducer (const void *data, offile_off_t size, offile_off_t offset,
                     const ImpPatch &patch = ImpPatch ());
  OFBool good () const override;
  OFCondition status () const override;
  OFBool eos () override;
  offile_off_t avail () override;
  offile_off_t read (void *buf, offile_off_t buflen) override;
  offile_off_t skip (offile_off_t skiplen) override;
  void putback (offile_off_t num) override;

private:
  const char *data_; /* borrowed: it outlives the parsed file */
  offile_off_t size_;
  offile_off_t at_;
  OFCondition status_;
  ImpPatch patch_;
};

class ImpMemoryStream : public DcmInputStream
{
public:
  ImpMemoryStream (const void *data, offile_off_t size, offile_off_t offset = 0,
                   const ImpPatch &patch = ImpPatch ());
  DcmInputStreamFactory *newFactory () const override;

private:
  ImpMemoryProducer producer_;
  const void *data_;
  offile_off_t size_;
  offile_off_t offset_;
};
