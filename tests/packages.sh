#!/bin/sh
# Installs what the tests need and this machine lacks: Debian's packages, as root.
# `packages.sh demo`: what the demo needs; `packages.sh dist`: what the packages need to be made and tested.
set -eu
missing=
need() { # need PACKAGE COMMAND [ARGUMENT ...]: the package is missing when the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
need gcc gcc --version
need libc6-dev test -f /usr/include/stdio.h
need pkg-config pkg-config --version
need python3-venv python3 -c 'import venv, ensurepip'
need php-cli php --version
need libffi-platypus-perl perl -MFFI::Platypus -e1
if [ "${1:-}" = dist ]; then
    need binutils readelf --version
    need mono-mcs mcs --version
    need bubblewrap bwrap --version
    need mmdebstrap mmdebstrap --version
    need util-linux unshare --version
elif [ "${1:-}" != demo ]; then
    # the C suite
    need g++ g++ --version
    need binutils nm --version
    need valgrind valgrind --version
    # Perl
    need perl perl -MExtUtils::MakeMaker -MTest::More -e1
    need libtry-tiny-perl perl -MTry::Tiny -e1
    need libparallel-forkmanager-perl perl -MParallel::ForkManager -e1
    need libperl-critic-perl perl -MPerl::Critic -e1
    need perltidy perltidy --version
    need libtest-pod-perl perl -MTest::Pod -e1
    need libtest-pod-coverage-perl perl -MTest::Pod::Coverage -e1
    need libio-pty-perl perl -MIO::Pty -e1
    need liblog-any-perl perl -MLog::Any -e1
    need libmojolicious-perl perl -MMojo::JSON -e1
    need libjson-xs-perl perl -MJSON::XS -e1
    need liblwp-authen-oauth2-perl perl -MLWP::Authen::OAuth2 -e1
    # PHP
    need php-xml php -r 'exit((int) !extension_loaded("dom"));'
    need php-mbstring php -r 'exit((int) !extension_loaded("mbstring"));'
    need php-zip php -r 'exit((int) !extension_loaded("zip"));'
    need php-symfony-var-dumper test -d /usr/share/php/Symfony/Component/VarDumper
    need php-symfony-http-client test -d /usr/share/php/Symfony/Component/HttpClient
    need php-symfony-framework-bundle test -d /usr/share/php/Symfony/Bundle/FrameworkBundle
    need php-symfony-yaml test -d /usr/share/php/Symfony/Component/Yaml
    need php-symfony-rate-limiter test -d /usr/share/php/Symfony/Component/RateLimiter
    need php-monolog test -d /usr/share/php/Monolog
    need php-psr-log test -d /usr/share/php/Psr/Log
    need php-guzzlehttp-guzzle test -d /usr/share/php/GuzzleHttp/Promise
    need php-psr-http-client test -d /usr/share/php/Psr/Http/Client
    need php-nyholm-psr7 test -d /usr/share/php/Nyholm/Psr7
    need php-codesniffer phpcs --version
    need phpunit phpunit --version
    need composer composer --version
    # servers
    need php-fpm ls /usr/sbin/php-fpm*
    need nginx-light nginx -v
    need apache2 apache2 -v
    need libapache2-mod-php ls /usr/lib/apache2/modules/libphp*
    need starman starman --version
    need libapache2-mod-perl2 test -f /usr/lib/apache2/modules/mod_perl.so
    # the emulator's pages
    need chromium chromium --version
    need chromium-driver chromedriver --version
    # a server that uses an authority's certificate
    need openssl openssl version
    # Node and PowerShell
    if ! node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' || ! npm --version >/dev/null; then
        echo "Node 20 or newer and npm are missing (Debian 12 has Node 18: take it from elsewhere)" >&2
        exit 1
    fi
    need mono-mcs mcs --version
    # benchmarks
    need libcurl4-openssl-dev test -f /usr/include/x86_64-linux-gnu/curl/curl.h -o -f /usr/include/curl/curl.h
    need php-curl php -r 'exit((int) !extension_loaded("curl"));'
    need libwww-perl perl -MLWP::UserAgent -e1
    need liblwp-protocol-https-perl perl -MLWP::Protocol::https -e1
    need libwww-curl-perl perl -MWWW::Curl -e1
    need libcpanel-json-xs-perl perl -MCpanel::JSON::XS -e1
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "These Debian packages are missing:$missing" >&2
    exit 1
fi
echo "Installing$missing ..."
# shellcheck disable=SC2086 — a list of words
said=$(
    exec 2>&1
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
) || {
    echo "$said" >&2
    exit 1
}
