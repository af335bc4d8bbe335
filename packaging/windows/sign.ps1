# Signs the files that are named, with the certificate in the environment; without one it says so and leaves them as they are.
#
#   packaging\windows\sign.ps1 dist\mailsetup\mailsetup.exe dist\mailsetup\mailsetup-gui.exe
#
# WINDOWS_CERTIFICATE: a code signing identity as PKCS#12, in base64. WINDOWS_CERTIFICATE_PASSWORD: its password.
# WINDOWS_TIMESTAMP_URL: the time stamping service (RFC 3161) of whoever issued it.
# signtool finds the identity by its fingerprint, so that no secret stands on a command line.
param([Parameter(Mandatory, ValueFromRemainingArguments)][string[]] $Files)
$ErrorActionPreference = 'Stop'

if (-not $env:WINDOWS_CERTIFICATE) {
    Write-Warning 'WINDOWS_CERTIFICATE is not set: nothing is signed.'
    exit 0
}
$signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" |
    Sort-Object { [version] $_.Directory.Parent.Name } | Select-Object -Last 1
if (-not $signtool) { throw 'signtool.exe is not there; install the Windows SDK.' }

$file = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
try {
    [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
    $password = ConvertTo-SecureString $env:WINDOWS_CERTIFICATE_PASSWORD -AsPlainText -Force
    $identity = Import-PfxCertificate -FilePath $file -Password $password -CertStoreLocation Cert:\CurrentUser\My
} finally {
    Remove-Item $file -ErrorAction SilentlyContinue
}
try {
    & $signtool.FullName sign /fd SHA256 /td SHA256 /tr $env:WINDOWS_TIMESTAMP_URL /sha1 $identity.Thumbprint $Files
    if ($LASTEXITCODE) { throw "signtool ended with $LASTEXITCODE." }
} finally {
    Remove-Item "Cert:\CurrentUser\My\$($identity.Thumbprint)" -DeleteKey
}
