# sh -c THIS mailsetup JAVA FOLDER HOST PORT STARTTLS SECONDS: FOLDER has Proof.class and the truststore.
# The class gets its question on standard input and answers with one line of JSON: no credentials, no mail.
java=$1 folder=$2 host=$3 port=$4 starttls=$5 seconds=$6
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
{
    [ -z "$host" ] || printf 'host=%s\nport=%s\n' "$host" "$port"
    [ "$starttls" = no ] || echo 'starttls='
    printf 'ehlo=localhost\ntrustStore=%s/truststore\ndeadline=%s000\n' "$folder" "$(($(date +%s) + seconds))"
} | "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx96m -XX:-UsePerfData -cp "$folder" Proof
