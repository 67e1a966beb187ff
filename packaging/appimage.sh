#!/bin/sh
# Makes an AppImage of the built program: sh packaging/appimage.sh FOLDER ICONS OUT
#
# The tool and the runtime that it puts in front are published on GitHub alone, so they are not fetched here:
# set APPIMAGETOOL (README.md tells the rest).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1 icons=$2 out=$3
tool=${APPIMAGETOOL:-$(command -v appimagetool || true)}

tree=build/nnviz.AppDir
rm -rf "$tree"
"${PYTHON:-python3}" -c "
import pathlib, sys
sys.path.insert(0, sys.argv[1])
import debian
folder, icons, tree = map(pathlib.Path, sys.argv[2:])
debian.lay_out(folder, icons, tree)
" "$here" "$folder" "$icons" "$tree"
cp "$here/linux/AppRun" "$tree/AppRun"
cp "$here/linux/nnviz.desktop" "$tree/nnviz.desktop"
cp "$icons/nnviz-256.png" "$tree/nnviz.png"
ln -sf nnviz.png "$tree/.DirIcon"
if [ -z "$tool" ]; then
    echo "$tree is ready; appimagetool, which makes one file of it, is not here (see packaging/README.md)." >&2
    exit 3
fi
version=$("${PYTHON:-python3}" -c "import sys; sys.path.insert(0, sys.argv[1]); import about; print(about.version())" "$here")
# Without FUSE, as in a container, the tool unpacks itself.
APPIMAGE_EXTRACT_AND_RUN=1 ARCH=$(uname -m) "$tool" --no-appstream "$tree" "$out/nnviz-$version-$(uname -m).AppImage"
rm -rf "$tree"
