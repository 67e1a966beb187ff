; The installer for Windows, for one user and so without an administrator's rights:
;
;   makensis -DVERSION=0.1.0 -DFOLDER=build\package\nnviz -DICON=…\nnviz.ico -DOUT=dist\nnviz-0.1.0-windows-setup.exe nnviz.nsi
;
; It copies the folder, adds nnviz to the Start menu and to the list of programs, and opens .nnviz files with it.
Unicode true
!include "MUI2.nsh"

Name "nnviz"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\nnviz"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\nnviz"
!define CLASSES "Software\Classes"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\nnviz-window.exe"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section
  ; What an older version left behind must not be found beside the new one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  CreateShortcut "$SMPROGRAMS\nnviz.lnk" "$INSTDIR\nnviz-window.exe"

  WriteRegStr HKCU "${CLASSES}\.nnviz" "" "nnviz.experiment"
  WriteRegStr HKCU "${CLASSES}\.nnviz" "Content Type" "application/x-nnviz"
  WriteRegStr HKCU "${CLASSES}\nnviz.experiment" "" "nnviz experiment"
  WriteRegStr HKCU "${CLASSES}\nnviz.experiment\DefaultIcon" "" "$INSTDIR\nnviz-window.exe,0"
  WriteRegStr HKCU "${CLASSES}\nnviz.experiment\shell\open\command" "" '"$INSTDIR\nnviz-window.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "nnviz"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\nnviz-window.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  ; Only what was installed: the folder may have been chosen by hand and hold other things.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\nnviz.exe"
  Delete "$INSTDIR\nnviz-window.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\nnviz.lnk"
  DeleteRegKey HKCU "${CLASSES}\nnviz.experiment"
  DeleteRegKey HKCU "${CLASSES}\.nnviz"
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
