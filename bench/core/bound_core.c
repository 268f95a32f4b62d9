// What the machine allows: the same questions answered by two table look-ups each, and by one pass over a month's changes.
// cc -O3 -march=native -shared -fPIC -o bound_core.so bound_core.c
#include <stdint.h>

#define SLOT 1800000000ull // half an hour in microseconds: every opening and closing of the office lies on one

static inline int64_t opened(int64_t at, int64_t first, const int64_t *before, const uint8_t *is_open) {
  uint64_t since = (uint64_t)(at - first), slot = since / SLOT;
  return before[slot] + (is_open[slot] ? (int64_t)(since - slot * SLOT) : 0);
}

void elapsed(const int64_t *starts, const int64_t *ends, int64_t *found, int64_t count, int64_t first,
             const int64_t *before, const uint8_t *is_open) {
  for (int64_t n = 0; n < count; n++)
    found[n] = opened(ends[n], first, before, is_open) - opened(starts[n], first, before, is_open);
}

// slots[k] is the number of the kth open half hour.
void due(const int64_t *starts, const int64_t *allowances, int64_t *found, int64_t count, int64_t first,
         const int64_t *before, const uint8_t *is_open, const int64_t *slots) {
  for (int64_t n = 0; n < count; n++) {
    uint64_t last = (uint64_t)(opened(starts[n], first, before, is_open) + allowances[n] - 1), slot = last / SLOT;
    found[n] = first + slots[slot] * (int64_t)SLOT + (int64_t)(last - slot * SLOT) + 1;
  }
}

// Services with as many changes and exclusions each, both in order; up before the first change.
void down_time(const int64_t *at, const uint8_t *is_up, const int64_t *excluded, int64_t services, int64_t changes,
               int64_t exclusions, int64_t first, int64_t last, int64_t *down, int64_t *base) {
  for (int64_t s = 0; s < services; s++) {
    const int64_t *moments = at + s * changes, *work = excluded + s * exclusions * 2;
    const uint8_t *up = is_up + s * changes;
    int64_t sum = 0, left = last - first, next = 0;
    for (int64_t n = 0; n < exclusions; n++)
      left -= work[2 * n + 1] - work[2 * n];
    for (int64_t n = 0; n < changes; n++) {
      if (up[n])
        continue;
      int64_t start = moments[n], end = n + 1 < changes ? moments[n + 1] : last;
      sum += end - start;
      while (next < exclusions && work[2 * next + 1] <= start)
        next++;
      for (int64_t k = next; k < exclusions && work[2 * k] < end; k++)
        sum -= (end < work[2 * k + 1] ? end : work[2 * k + 1]) - (start > work[2 * k] ? start : work[2 * k]);
    }
    down[s] = sum;
    base[s] = left;
  }
}
