// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.players.KarmadaVersion;
import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code testbed up}.
 *
 * @param folder for everything; empty for a temporary one that is removed at the end
 * @param withParent whether the end of standard input is the end of the test bed
 */
record UpOptions(WorldSpec world, Optional<Path> folder, boolean withParent) {

    static final String USAGE = "testbed up --world karmada|contexts|none [--members N] [--dir D] [--smo URL]"
            + " [--alerts-secret FILE] [--user NAME]... [--start-delay-millis N] [--not-ready-millis N] [--faster N]"
            + " [--karmada DIR] [--karmada-version 1.5|1.11] [--with-parent]";

    private static final String WITH_PARENT = "--with-parent";
    private static final String USER = "--user";
    private static final Set<String> VALUES = Set.of(
            "--world",
            "--members",
            "--dir",
            "--smo",
            "--alerts-secret",
            "--start-delay-millis",
            "--not-ready-millis",
            "--faster",
            "--karmada",
            "--karmada-version");

    static UpOptions parse(List<String> arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        List<String> users = new ArrayList<>();
        boolean withParent = false;
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals(WITH_PARENT)) {
                withParent = true;
            } else if (i + 1 < arguments.size() && name.equals(USER)) {
                i++;
                users.add(arguments.get(i));
            } else if (i + 1 < arguments.size() && VALUES.contains(name)) {
                i++;
                given.put(name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("%s: unknown, or without a value. Usage: %s".formatted(name, USAGE));
            }
        }
        return new UpOptions(
                world(given).withUsers(users),
                Optional.ofNullable(given.get("--dir")).map(Path::of),
                withParent);
    }

    private static WorldSpec world(Map<String, String> given) {
        WorldSpec spec = WorldSpec.of(
                WorldKind.of(given.getOrDefault("--world", "karmada")), (int) number(given, "--members", 3));
        WorldSpec karmada = Optional.ofNullable(given.get("--karmada"))
                .map(folder -> real(spec, Path.of(folder)))
                .orElse(spec);
        return karmada.withSmo(
                        URI.create(given.getOrDefault("--smo", spec.smo().toString())),
                        Optional.ofNullable(given.get("--alerts-secret"))
                                .map(Path::of)
                                .map(Path::toAbsolutePath))
                .withKarmada(KarmadaVersion.of(given.getOrDefault("--karmada-version", "1.5")))
                .withDelays(delays(given));
    }

    private static WorldSpec real(WorldSpec spec, Path folder) {
        if (spec.kind() != WorldKind.KARMADA) {
            throw new IllegalArgumentException("--karmada is for --world karmada only");
        }
        return spec.withKarmadaOf(folder);
    }

    private static PlayedDelays delays(Map<String, String> given) {
        PlayedDelays delays = PlayedDelays.REAL.dividedBy((int) number(given, "--faster", 1));
        return delays.with(
                number(given, "--start-delay-millis", delays.podStart()),
                number(given, "--not-ready-millis", delays.notReady()));
    }

    private static long number(Map<String, String> given, String name, long otherwise) {
        String text = given.getOrDefault(name, Long.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s %s: expected a whole number".formatted(name, text), e);
        }
    }
}
