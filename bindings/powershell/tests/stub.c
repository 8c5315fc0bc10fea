/* A library of another ABI, to be refused. */
#include <stdint.h>

uint32_t pinterest_oauth_abi_version(void) { return 99; }
