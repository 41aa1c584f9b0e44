@echo off
rem backup.bat FOLDER: writes a backup of the site into a folder, best on another disk.
setlocal
cd /d "%~dp0"
for /f %%d in ('powershell -NoProfile -Command "Get-Date -Format yyyy-MM-dd-HHmm"') do set now=%%d
hashar\Scripts\hashar.exe backup "%~1\hashar-%now%.backup" --data hashar-data
