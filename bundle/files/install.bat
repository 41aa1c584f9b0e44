@echo off
rem Installs Hashar into the folder "hashar" beside this file. Nothing is fetched from anywhere.
setlocal
cd /d "%~dp0"
py -@PYTHON@ --version >nul 2>nul
if errorlevel 1 (
  echo This bundle needs Python @PYTHON@ from python.org. Install it, then run this file again.
  pause
  exit /b 1
)
py -@PYTHON@ -m venv hashar || goto failed
hashar\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes -r requirements.txt || goto failed
hashar\Scripts\hashar.exe --version || goto failed
echo Ready. Start it with start.bat
pause
exit /b 0
:failed
echo The installation did not finish. Nothing outside this folder was changed.
pause
exit /b 1
