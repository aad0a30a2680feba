package ai.chela.agent.planner;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether words after "run" look like a command line. In doubt they do not: a wrong no costs the person a pair of
 * backticks.
 */
final class Programs {
    private static final Set<String> KNOWN = Set.of(
            ("ls ll pwd df du free uptime ps pgrep uname hostname whoami id env printenv echo printf grep egrep rg sed awk"
                            + " wc uniq tr jq yq curl wget ping dig nslookup ip ifconfig netstat ss ssh scp rsync tar gzip"
                            + " gunzip zip unzip git docker podman kubectl helm systemctl journalctl service apt apt-get"
                            + " dnf yum apk brew npm npx node yarn pnpm pip pip3 python python3 ruby perl php java javac"
                            + " mvn gradle go cargo rustc gcc g++ cmake bash sh zsh chmod chown mkdir rmdir rm cp mv ln"
                            + " stat lsof lsblk lscpu mount umount dmesg vmstat iostat htop crontab xargs tee diff md5sum"
                            + " sha256sum base64 openssl psql mysql redis-cli sqlite3 terraform ansible seq basename"
                            + " dirname realpath readlink nproc sudo nohup pkill killall cal")
                    .split(" "));

    /** Programs that are also words. */
    private static final Set<String> WORDS = Set.of(
            "make find sort cat head tail time who last top kill date watch test touch which cut join split file history true false sleep expr factor tree less more set export"
                    .split(" "));

    private static final Set<String> NOT_ARGUMENTS = Set.of(
            "the a an my your our his her their this that it me us him them for to of in on at by with and or sure again now later please every each some any all is was be up down out about over"
                    .split(" "));

    private Programs() {}

    static boolean looksLikeCommand(String text) {
        List<String> words = List.of(text.strip().split("\\s+", 4));
        String program = words.getFirst();
        if (KNOWN.contains(program)) return words.size() < 2 || !prose(words.get(1));
        if (WORDS.contains(program)) return words.size() < 2 || !prose(words.get(1));
        if (program.matches("(https?:|[tw]-\\d).*")) return false;
        int dot = program.indexOf('.');
        boolean path = program.contains("/") || dot >= 0 && dot < program.length() - 1;
        return path || words.size() > 1 && words.get(1).matches("--?[A-Za-z0-9].*");
    }

    private static boolean prose(String word) {
        return NOT_ARGUMENTS.contains(word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+$", ""))
                && !word.matches(".*[/.].*");
    }
}
