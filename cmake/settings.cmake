# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings that hold for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1 -fno-omit-frame-pointer")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Dev)
endif()

# The presets of packaging/test.sh compile several units in one; dev and release keep them apart. Whether each unit
# includes what it uses shows only with CMAKE_DISABLE_PRECOMPILE_HEADERS=ON.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 6)

find_program(SIGNALBOX_CCACHE ccache)
if(SIGNALBOX_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_NOHASHDIR=1 ${SIGNALBOX_CCACHE})
endif()
find_program(SIGNALBOX_MOLD mold)
if(SIGNALBOX_MOLD)
    add_link_options(-fuse-ld=mold)
endif()
if(SIGNALBOX_SANITIZE)
    add_compile_options(-fsanitize=${SIGNALBOX_SANITIZE})
    add_link_options(-fsanitize=${SIGNALBOX_SANITIZE})
    if(SIGNALBOX_SANITIZE MATCHES undefined)
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()

# Only the core is worth the time to optimise it where everything is compiled anew, and sanitized code takes the longest.
# The window's time is Qt's, which is compiled already.
add_library(signalbox_unoptimized INTERFACE)
if(SIGNALBOX_SANITIZE OR (CMAKE_UNITY_BUILD AND CMAKE_BUILD_TYPE STREQUAL "Dev"))
    target_compile_options(signalbox_unoptimized INTERFACE -O0)
endif()
# A test's own time is nothing beside that of what it tests, and half of what is compiled are tests.
add_library(signalbox_test_speed INTERFACE)
if(NOT SIGNALBOX_SANITIZE)
    target_compile_options(signalbox_test_speed INTERFACE $<$<CONFIG:Dev>:-O0>)
endif()

# Warnings are errors in our own code; system headers are exempt by being SYSTEM includes.
add_library(signalbox_settings INTERFACE)
target_compile_options(signalbox_settings INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough)
if(CMAKE_UNITY_BUILD)
    # Units that share a translation unit may name their own things alike; the development build still looks.
    target_compile_options(signalbox_settings INTERFACE -Wno-shadow)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # To g++, what stands in a file that is included is seen by others.
        target_compile_options(signalbox_settings INTERFACE -Wno-subobject-linkage)
    endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports these falsely from inside libstdc++ and tl::expected when it inlines (PR 105562 and kin).
    target_compile_options(signalbox_settings INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-null-dereference
        -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-dangling-pointer)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # libstdc++ 12 calls its own deprecated get_temporary_buffer inside std::stable_sort, and clang says so at our call.
    target_compile_options(signalbox_settings INTERFACE -Wno-deprecated-declarations)
endif()
