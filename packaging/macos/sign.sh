#!/usr/bin/env bash
# dist/mailsetup.app -> signed, in a disk image, notarized: dist/mailsetup-VERSION-macos-MACHINE.dmg
#
# Without MACOS_CERTIFICATE the image is made all the same, unsigned. Otherwise the environment has
#   MACOS_CERTIFICATE, MACOS_CERTIFICATE_PASSWORD   a "Developer ID Application" identity as PKCS#12, in base64
#   MACOS_NOTARY_KEY, MACOS_NOTARY_KEY_ID, MACOS_NOTARY_ISSUER   a key of App Store Connect for notarytool (PEM)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

app=dist/mailsetup.app
version=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleShortVersionString' "$app/Contents/Info.plist")
image=dist/mailsetup-$version-macos-$(uname -m).dmg

work=$(mktemp -d)
keychain=$work/signing.keychain-db
cleanup() {
    security delete-keychain "$keychain" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

if [[ -n ${MACOS_CERTIFICATE:-} ]]; then
    base64 --decode <<<"$MACOS_CERTIFICATE" >"$work/identity.p12"
    # security(1) takes passwords as arguments only; the keychain's lives as long as this script.
    passphrase=$(openssl rand -hex 24)
    security create-keychain -p "$passphrase" "$keychain"
    security set-keychain-settings "$keychain"
    security unlock-keychain -p "$passphrase" "$keychain"
    security import "$work/identity.p12" -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
    security set-key-partition-list -S apple-tool:,apple: -s -k "$passphrase" "$keychain" >/dev/null
    identity=$(security find-identity -v -p codesigning "$keychain" | awk '/Developer ID Application/ {print $2; exit}')
    [[ -n $identity ]] || { echo "The certificate is no Developer ID Application." >&2; exit 1; }
    sign=(codesign --force --timestamp --options runtime --keychain "$keychain" --sign "$identity")

    # From the inside out: what is signed first is sealed by what holds it.
    find "$app/Contents/Frameworks" "$app/Contents/Resources" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 -n 50 "${sign[@]}"
    find "$app/Contents/Frameworks" -type d -name '*.framework' -print0 | xargs -0 -n 1 "${sign[@]}"
    find "$app/Contents/MacOS" -type f -print0 |
        xargs -0 -n 1 "${sign[@]}" --entitlements packaging/macos/entitlements.plist
    "${sign[@]}" --entitlements packaging/macos/entitlements.plist "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
else
    echo "MACOS_CERTIFICATE is not set: the disk image is not signed." >&2
fi

mkdir "$work/image"
ditto "$app" "$work/image/mailsetup.app"
ln -s /Applications "$work/image/Applications"
hdiutil create -volname mailsetup -srcfolder "$work/image" -format UDZO -ov "$image"

if [[ -n ${MACOS_CERTIFICATE:-} ]]; then
    "${sign[@]}" "$image"
    if [[ -n ${MACOS_NOTARY_KEY:-} ]]; then
        (umask 077 && printf '%s\n' "$MACOS_NOTARY_KEY" >"$work/notary.p8")
        xcrun notarytool submit "$image" --wait \
            --key "$work/notary.p8" --key-id "$MACOS_NOTARY_KEY_ID" --issuer "$MACOS_NOTARY_ISSUER"
        xcrun stapler staple "$image"
        spctl --assess --type open --context context:primary-signature --verbose "$image"
    fi
fi
echo "$image"
