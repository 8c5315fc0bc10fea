# NOT RUN YET: a template, see README.md. Rust's cargo has to be on PATH.
vcpkg_download_distfile(ARCHIVE URLS "@URL@/archive/v@VERSION@.tar.gz" FILENAME "pinterest-oauth-@VERSION@.tar.gz" SKIP_SHA512)
vcpkg_extract_source_archive(SOURCE_PATH ARCHIVE "${ARCHIVE}")
vcpkg_execute_required_process(
    COMMAND make install "PREFIX=${CURRENT_PACKAGES_DIR}"
    WORKING_DIRECTORY "${SOURCE_PATH}"
    LOGNAME build)
vcpkg_cmake_config_fixup(PACKAGE_NAME pinterest_oauth CONFIG_PATH lib/cmake/pinterest_oauth)
vcpkg_fixup_pkgconfig()
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE-MIT" "${SOURCE_PATH}/LICENSE-APACHE")
