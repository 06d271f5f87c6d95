; The installer: for one user, without an administrator, in Chinese. It never touches
; a ledger: uninstalling removes the files that it put there, and nothing else.
;
; makensis -DVERSION=… -DFILES=<folder with the programs> -DOUT=<installer>

Unicode true
Target amd64-unicode
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true

!define ID "cn.xiangzhen.ledger"
!define NAME "乡振台账"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define CLASSES "Software\Classes"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\xiangzhen"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "${NAME}"

!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME}"
!define MUI_WELCOMEPAGE_TEXT "不需要管理员权限，只装给当前用户，不联网。$\r$\n$\r$\n如果 360 或 Windows 提示“未知程序”，请先核对文件的 SHA-256 与单位下发的清单一致，再选择“更多信息 → 仍要运行”或“允许本次操作”；不要为此关闭杀毒软件。$\r$\n$\r$\n升级时直接覆盖安装，台账数据不会改动。卸载也不会删除台账数据。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\xiangzhen.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; The running program holds this mutex; its files cannot be replaced or removed then.
!macro refuseWhileRunning
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Local\${ID}") p .r0'
  ${If} $0 P<> 0
    System::Call 'kernel32::CloseHandle(p r0)'
    MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME}正开着，请先关掉它，再重新运行。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${NAME}需要 Windows 10 或更新的系统，这台电脑用不了。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  !insertmacro refuseWhileRunning
FunctionEnd

Function un.onInit
  !insertmacro refuseWhileRunning
FunctionEnd

Section
  SetOutPath "$INSTDIR"
  File "${FILES}\xiangzhen.exe"
  File "${FILES}\xzctl.exe"
  File "${FILES}\libEGL.dll"
  File "${FILES}\libGLESv2.dll"
  File "${FILES}\d3dcompiler_47.dll"
  File "${FILES}\licences.txt"
  File "${FILES}\安装说明.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\xiangzhen.exe"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\xiangzhen.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\xiangzhen.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  ; A double click opens a ledger, also a carried one, and takes in a pack. Workbooks stay with WPS or Excel and can be given
  ; to us by 打开方式.
  WriteRegStr HKCU "${CLASSES}\.xzdb" "" "Xiangzhen.Ledger"
  WriteRegStr HKCU "${CLASSES}\.xzxc" "" "Xiangzhen.Ledger"
  WriteRegStr HKCU "${CLASSES}\.xzpack" "" "Xiangzhen.Ledger"
  WriteRegStr HKCU "${CLASSES}\Xiangzhen.Ledger" "" "${NAME}文件"
  WriteRegStr HKCU "${CLASSES}\Xiangzhen.Ledger\DefaultIcon" "" "$INSTDIR\xiangzhen.exe,0"
  WriteRegStr HKCU "${CLASSES}\Xiangzhen.Ledger\shell\open\command" "" '"$INSTDIR\xiangzhen.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Xiangzhen.Workbook" "" "上报表"
  WriteRegStr HKCU "${CLASSES}\Xiangzhen.Workbook\shell\open\command" "" '"$INSTDIR\xiangzhen.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.xlsx\OpenWithProgids" "Xiangzhen.Workbook" ""
  WriteRegStr HKCU "${CLASSES}\.xls\OpenWithProgids" "Xiangzhen.Workbook" ""
  WriteRegStr HKCU "${CLASSES}\Applications\xiangzhen.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\xiangzhen.exe\shell\open\command" "" '"$INSTDIR\xiangzhen.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section Uninstall
  Delete "$INSTDIR\xiangzhen.exe"
  Delete "$INSTDIR\xzctl.exe"
  Delete "$INSTDIR\libEGL.dll"
  Delete "$INSTDIR\libGLESv2.dll"
  Delete "$INSTDIR\d3dcompiler_47.dll"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\安装说明.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays if anything of the user's lies there
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"

  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${CLASSES}\.xzdb"
  DeleteRegKey HKCU "${CLASSES}\.xzxc"
  DeleteRegKey HKCU "${CLASSES}\.xzpack"
  DeleteRegKey HKCU "${CLASSES}\Xiangzhen.Ledger"
  DeleteRegKey HKCU "${CLASSES}\Xiangzhen.Workbook"
  DeleteRegValue HKCU "${CLASSES}\.xlsx\OpenWithProgids" "Xiangzhen.Workbook"
  DeleteRegValue HKCU "${CLASSES}\.xls\OpenWithProgids" "Xiangzhen.Workbook"
  DeleteRegKey HKCU "${CLASSES}\Applications\xiangzhen.exe"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
