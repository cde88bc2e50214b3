#pragma once

// The library's version; kept equal to the one in meson.build by a test.
#define STRANDCORD_VERSION_MAJOR 0
#define STRANDCORD_VERSION_MINOR 1
#define STRANDCORD_VERSION_PATCH 0
#define STRANDCORD_VERSION "0.1.0"
