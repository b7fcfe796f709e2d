// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outside world that is wanted.
 *
 * @param members the clusters that pods run on
 * @param smo where the SMO listens, or will: alerts go to {@code /alerts} there
 * @param alertsSecret file that holds what Alertmanager sends as bearer token
 * @param users who may come to each API server with a token of their own, without any right at first
 * @param startDelayMillis how long a pod takes from its node to running
 * @param notReadyMillis how long Karmada lets a member be silent
 */
public record WorldSpec(
        WorldKind kind,
        List<MemberSpec> members,
        URI smo,
        Optional<Path> alertsSecret,
        List<String> users,
        long startDelayMillis,
        long notReadyMillis) {

    public WorldSpec {
        members = List.copyOf(members);
        users = List.copyOf(users);
        if (kind != WorldKind.NONE && members.isEmpty()) {
            throw new IllegalArgumentException("A world with clusters has one at least");
        }
        if (startDelayMillis < 0 || notReadyMillis < 0) {
            throw new IllegalArgumentException("start-delay-millis and not-ready-millis are 0 or more");
        }
    }

    /** That of the demo, with the first of its clusters. */
    public static WorldSpec of(WorldKind kind, int members) {
        if (members < 1 || members > MemberSpec.BRUSSELS.size()) {
            throw new IllegalArgumentException(
                    "--members %d: expected 1 to %d".formatted(members, MemberSpec.BRUSSELS.size()));
        }
        List<MemberSpec> first = kind == WorldKind.NONE ? List.of() : MemberSpec.BRUSSELS.subList(0, members);
        return new WorldSpec(
                kind, first, URI.create("http://127.0.0.1:8000"), Optional.empty(), List.of(), 1_000, 3_000);
    }

    public WorldSpec withSmo(URI address, Optional<Path> secret) {
        return new WorldSpec(kind, members, address, secret, users, startDelayMillis, notReadyMillis);
    }

    public WorldSpec withUsers(List<String> names) {
        return new WorldSpec(kind, members, smo, alertsSecret, names, startDelayMillis, notReadyMillis);
    }

    public WorldSpec withDelays(long startMillis, long silenceMillis) {
        return new WorldSpec(kind, members, smo, alertsSecret, users, startMillis, silenceMillis);
    }

    /** What must be on this machine. */
    List<String> programs() {
        List<String> programs = new ArrayList<>(List.of("docker-registry", "prometheus", "prometheus-alertmanager"));
        if (kind != WorldKind.NONE) {
            programs.addAll(List.of("etcd", "kube-apiserver", "kube-controller-manager", "openssl"));
        }
        return List.copyOf(programs);
    }
}
