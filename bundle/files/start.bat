@echo off
rem Runs the site; what it keeps is in the folder "hashar-data" beside this file. Ctrl-C stops it.
cd /d "%~dp0"
hashar\Scripts\hashar.exe serve --data hashar-data
pause
