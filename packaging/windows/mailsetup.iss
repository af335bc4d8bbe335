; Inno Setup 6. First: py packaging\build.py folder. Then: iscc /DVersion=0.1.0 packaging\windows\mailsetup.iss

#ifndef Version
  #error Say which version: iscc /DVersion=0.1.0 packaging\windows\mailsetup.iss
#endif
#define Made "..\..\dist"
#define Window "mailsetup-gui.exe"
#define Kind "mailsetup.Certificate"

[Setup]
AppId={{6C2E0B4F-4D0C-4C39-9E5B-2B0F5A6E7D11}
AppName=mailsetup
AppVersion={#Version}
AppPublisher=mailsetup contributors
VersionInfoVersion={#Version}
; Without administrator rights for one person; the first page asks whether for all.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={autopf}\mailsetup
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; What Qt 6 needs: Windows 10 1809.
MinVersion=10.0.17763
SetupIconFile={#Made}\mailsetup.ico
UninstallDisplayIcon={app}\{#Window}
OutputDir={#Made}
OutputBaseFilename=mailsetup-{#Version}-windows-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesEnvironment=yes
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.PathTask=Make the command mailsetup known in terminals (PATH)
de.PathTask=Den Befehl mailsetup in Terminals bekannt machen (PATH)
en.OpenWith=Offer mailsetup under "Open with" for certificates and truststores
de.OpenWith=mailsetup für Zertifikate und Truststores unter „Öffnen mit“ anbieten
en.CertificateFile=Certificate or truststore
de.CertificateFile=Zertifikat oder Truststore

[Tasks]
Name: "openwith"; Description: "{cm:OpenWith}"
Name: "path"; Description: "{cm:PathTask}"; Flags: unchecked
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Libraries of a former version must not lie beside those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Made}\mailsetup\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\mailsetup"; Filename: "{app}\{#Window}"; AppUserModelID: "io.github.mailsetup.MailSetup"
Name: "{autodesktop}\mailsetup"; Filename: "{app}\{#Window}"; AppUserModelID: "io.github.mailsetup.MailSetup"; Tasks: desktopicon

[Registry]
; "Open with" only: whatever opens these files by a double-click keeps doing so.
Root: HKA; Subkey: "Software\Classes\{#Kind}"; ValueType: string; ValueData: "{cm:CertificateFile}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\{#Kind}\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\{#Kind}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.pem\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.crt\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.cer\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.der\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.p7b\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.p7c\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.p12\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.pfx\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.jks\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; Flags: uninsdeletevalue; Tasks: openwith
; Windows + R, mailsetup-gui
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#Window}"; ValueType: string; ValueData: "{app}\{#Window}"; Flags: uninsdeletekey

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,mailsetup}"; Flags: nowait postinstall skipifsilent

[Code]
const
  OfAll = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';
  OfOne = 'Environment';

function PathRoot: Integer;
begin
  if IsAdminInstallMode then Result := HKLM else Result := HKCU;
end;

function PathKey: String;
begin
  if IsAdminInstallMode then Result := OfAll else Result := OfOne;
end;

{ The list with the program's folder at its end, or without it. Only whole entries are compared. }
function PathWith(List, Folder: String; Wanted: Boolean): String;
var
  Entry: String;
  Cut: Integer;
begin
  Result := '';
  while List <> '' do
  begin
    Cut := Pos(';', List);
    if Cut = 0 then Cut := Length(List) + 1;
    Entry := Copy(List, 1, Cut - 1);
    Delete(List, 1, Cut);
    if (Entry <> '') and (CompareText(RemoveBackslashUnlessRoot(Entry), Folder) <> 0) then
    begin
      if Result <> '' then Result := Result + ';';
      Result := Result + Entry;
    end;
  end;
  if Wanted then
  begin
    if Result <> '' then Result := Result + ';';
    Result := Result + Folder;
  end;
end;

procedure ChangePath(Wanted: Boolean);
var
  Before, After: String;
begin
  if not RegQueryStringValue(PathRoot, PathKey, 'Path', Before) then Before := '';
  After := PathWith(Before, ExpandConstant('{app}'), Wanted);
  if After <> Before then RegWriteExpandStringValue(PathRoot, PathKey, 'Path', After);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if (CurStep = ssPostInstall) and WizardIsTaskSelected('path') then ChangePath(True);
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usPostUninstall then ChangePath(False);
end;
