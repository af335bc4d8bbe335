# sh -c THIS mailsetup SERVICE DROP-IN ARGUMENTS INSTALL FOLDER...: a sentence for every place that sets
# JVM_SUPPORT_RECOMMENDED_ARGS so that it wins over DROP-IN, or would lose arguments that are not in ARGUMENTS. Reads only.
service=$1 ours=$2 arguments=$3 install=$4
shift 4
name=JVM_SUPPORT_RECOMMENDED_ARGS
seen=' '

value() { # of the last assignment in a line or file of them
    sed -n "s/^[^#]*$name=[\"']\{0,1\}\([^\"']*\).*/\1/p" | sed 's/%%/%/g' | tail -n 1
}

told() { # FILE VALUE: what would be lost
    lost=''
    for word in $2; do
        case " $arguments " in *" $word "*) ;; *) lost="$lost $word" ;; esac
    done
    [ -z "$lost" ] || echo "$1 gives it$lost: put what is to stay into mailsetup_other_jvm_arguments."
}

wins() { # FILE VALUE
    echo "$1 sets it to \"$2\" and wins over this role's setting: take it out there, and put what is to stay into" \
        "mailsetup_other_jvm_arguments."
}

for folder in "$@"; do
    for file in "$folder/$service.service" "$folder/$service.service.d"/*.conf; do
        [ -f "$file" ] || continue
        base=${file##*/}
        case $seen in *" $base "*) continue ;; esac # systemd reads the first of a name only
        seen="$seen$base "
        [ "$file" != "$ours" ] || continue
        set_here=$(grep "^[[:space:]]*Environment[[:space:]]*=.*$name=" "$file" | value)
        if [ -n "$set_here" ]; then
            first=$(printf '%s\n' "$base" "${ours##*/}" | LC_ALL=C sort | head -n 1)
            if [ "$base" != "$service.service" ] && [ "$first" != "$base" ]; then
                wins "$file" "$set_here"
            else
                told "$file" "$set_here"
            fi
        fi
        for given in $(sed -n 's/^[[:space:]]*EnvironmentFile[[:space:]]*=[[:space:]]*-\{0,1\}//p' "$file"); do
            [ -f "$given" ] || continue
            set_there=$(grep "^[[:space:]]*$name=" "$given" | value)
            [ -z "$set_there" ] || wins "$given" "$set_there"
        done
    done
done

script=$install/bin/_start-webapp.sh
if [ -n "$install" ] && [ -f "$script" ]; then
    set_there=$(grep "^[[:space:]]*$name=" "$script" | value)
    [ -z "$set_there" ] || wins "$script" "$set_there"
fi
exit 0
