@"%~dp0node.exe" "%~dp0main\mortise.js" %*
