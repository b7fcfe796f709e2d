// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.KarmadaPrograms;
import eu.nephele.smo.lab.testbed.players.KarmadaVersion;
import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Specification of the outside world.
 *
 * @param smo address of the SMO, now or later: alerts go to {@code /alerts} there
 * @param alertsSecret file with the bearer token that Alertmanager sends
 * @param users names that get a token for each API server, without any right at first
 * @param karmada version whose behaviour is played
 * @param karmadaFolder the programs of a real Karmada; empty where it is played
 */
public record WorldSpec(
        WorldKind kind,
        List<MemberSpec> members,
        URI smo,
        Optional<Path> alertsSecret,
        List<String> users,
        KarmadaVersion karmada,
        Optional<Path> karmadaFolder,
        PlayedDelays delays) {

    private static final String KARMADA_BIN = "SMO_KARMADA_BIN";

    public WorldSpec {
        members = List.copyOf(members);
        users = List.copyOf(users);
        if (kind != WorldKind.NONE && members.isEmpty()) {
            throw new IllegalArgumentException("A world with clusters needs at least one");
        }
    }

    /** The world of the demo, with the first of its clusters, and the delays of tests. */
    public static WorldSpec of(WorldKind kind, int members) {
        if (members < 1 || members > MemberSpec.BRUSSELS.size()) {
            throw new IllegalArgumentException(
                    "--members %d: expected 1 to %d".formatted(members, MemberSpec.BRUSSELS.size()));
        }
        List<MemberSpec> first = kind == WorldKind.NONE ? List.of() : MemberSpec.BRUSSELS.subList(0, members);
        return new WorldSpec(
                kind,
                first,
                URI.create("http://127.0.0.1:8000"),
                Optional.empty(),
                List.of(),
                KarmadaVersion.V1_5,
                kind == WorldKind.KARMADA ? ofEnvironment() : Optional.empty(),
                PlayedDelays.ofTests());
    }

    public WorldSpec withSmo(URI address, Optional<Path> secret) {
        return new WorldSpec(kind, members, address, secret, users, karmada, karmadaFolder, delays);
    }

    public WorldSpec withUsers(List<String> names) {
        return new WorldSpec(kind, members, smo, alertsSecret, names, karmada, karmadaFolder, delays);
    }

    public WorldSpec withDelays(PlayedDelays others) {
        return new WorldSpec(kind, members, smo, alertsSecret, users, karmada, karmadaFolder, others);
    }

    /** A copy with other values of the most common fields. */
    public WorldSpec withDelays(long startMillis, long silenceMillis) {
        return withDelays(delays.with(startMillis, silenceMillis));
    }

    public WorldSpec withKarmada(KarmadaVersion version) {
        return new WorldSpec(kind, members, smo, alertsSecret, users, version, karmadaFolder, delays);
    }

    public WorldSpec withKarmadaOf(Path folder) {
        return new WorldSpec(
                kind, members, smo, alertsSecret, users, karmada, Optional.of(folder.toAbsolutePath()), delays);
    }

    /** The folder in which tests find a real Karmada. */
    private static Optional<Path> ofEnvironment() {
        return Optional.ofNullable(System.getenv(KARMADA_BIN))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath());
    }

    List<String> programs() {
        List<String> programs = new ArrayList<>(List.of("docker-registry", "prometheus", "prometheus-alertmanager"));
        if (kind != WorldKind.NONE) {
            programs.addAll(List.of("etcd", "kube-apiserver", "kube-controller-manager", "openssl"));
        }
        if (karmadaFolder.isPresent()) {
            programs.addAll(KarmadaPrograms.NEEDED);
        }
        return List.copyOf(programs);
    }
}
