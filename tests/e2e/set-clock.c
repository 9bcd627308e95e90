/* Loaded before a program's own libraries: its clock is IMP_CLOCK_OFFSET seconds off. */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long
offset (void)
{
  const char *text = getenv ("IMP_CLOCK_OFFSET");

  return text != NULL ? strtol (text, NULL, 10) : 0;
}

int
clock_gettime (clockid_t clock, struct timespec *moment)
{
  int (*real) (clockid_t, struct timespec *) = dlsym (RTLD_NEXT, "clock_gettime");
  int result = real (clock, moment);

  if (clock == CLOCK_REALTIME)
    moment->tv_sec += offset ();
  return result;
}

int
gettimeofday (struct timeval *moment, void *zone)
{
  int (*real) (struct timeval *, void *) = dlsym (RTLD_NEXT, "gettimeofday");
  int result = real (moment, zone);

  moment->tv_sec += offset ();
  return result;
}

time_t
time (time_t *moment)
{
  time_t (*real) (time_t *) = dlsym (RTLD_NEXT, "time");
  time_t result = real (NULL) + offset ();

  if (moment != NULL)
    *moment = result;
  return result;
}
