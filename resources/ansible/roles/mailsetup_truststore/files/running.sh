# sh -c THIS mailsetup WORDS TRUSTSTORE DROP-IN-FOLDER SYSTEMD-FOLDER [HOME-PATTERN...]: the JVM whose command line has
# WORDS, and which of the folders are there, as name=value lines. Where no JVM runs, `java` is the newest of the homes.
# Reads only.
words=$1 store=$2 drop_in_folder=$3 systemd=$4
shift 4
pid='' java='' user='' truststore='' install='' older='' readable=''

for file in $(grep -laF -- "$words" /proc/[0-9]*/cmdline 2>/dev/null); do
    folder=${file%/cmdline}
    program=$(readlink "$folder/exe" 2>/dev/null) || continue
    program=${program% (deleted)}
    [ "${program##*/}" = java ] || continue
    pid=${folder#/proc/}
    user=$(stat -c %U "$folder")
    truststore=$(tr '\0' '\n' <"$file" | sed -n 's/^-Djavax\.net\.ssl\.trustStore=//p' | tail -n 1)
    install=$(tr '\0' '\n' <"$file" | sed -n 's/^-Dbitbucket\.install=//p' | tail -n 1)
    [ ! -x "$program" ] || java=$program
    break
done

if [ -n "$pid" ] && [ -e "$store" ]; then
    fields=$(cat "/proc/$pid/stat")
    began=$(echo "${fields##*) }" | cut -d ' ' -f 20)
    booted=$(sed -n 's/^btime //p' /proc/stat)
    older=no
    [ "$((booted + began / $(getconf CLK_TCK 2>/dev/null || echo 100)))" -ge "$(stat -c %Y "$store")" ] || older=yes
    if [ "$(id -u)" = 0 ] && command -v runuser >/dev/null; then
        readable=yes
        runuser -u "$user" -- test -r "$store" || readable=no
    fi
fi

for pattern in "$@"; do
    [ -z "$java" ] || break
    for home in $(ls -d $pattern 2>/dev/null | sort -rV); do
        if [ -x "$home/bin/java" ]; then
            java=$home/bin/java
            break
        fi
    done
done

is_there() { [ -d "$1" ] && echo yes || echo no; }
store_folder=$(is_there "${store%/*}/")
drop_in_folder=$(is_there "$drop_in_folder")
systemd=$(is_there "$systemd")

for name in pid java user truststore install older readable store_folder drop_in_folder systemd; do
    eval "printf '%s=%s\n' $name \"\$$name\""
done
