// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The releases of the federation; a name is taken once per namespace, whichever graph took it. Guarded by the lock of the world. */
final class InstalledReleases {

    private final Map<Name, InstalledRelease> byName = new HashMap<>();

    private record Name(String namespace, String release) {
        static Name from(WorkloadRef ref) {
            return new Name(ref.graph().project(), ref.service());
        }
    }

    void add(InstalledRelease release) {
        byName.put(Name.from(release.ref()), release);
    }

    void remove(InstalledRelease release) {
        byName.remove(Name.from(release.ref()));
    }

    /** In order of project, graph, service. */
    List<InstalledRelease> all() {
        return byName.values().stream()
                .sorted(Comparator.comparing(InstalledRelease::ref))
                .toList();
    }

    Optional<InstalledRelease> find(WorkloadRef ref) {
        return Optional.ofNullable(byName.get(Name.from(ref)))
                .filter(release -> release.ref().equals(ref));
    }

    InstalledRelease ordered(WorkloadRef ref, String what) {
        return find(ref)
                .orElseThrow(() -> new AdapterException(
                        AdapterException.Kind.NOT_FOUND,
                        World.SYSTEM,
                        "%s: release of %s does not exist; install it first".formatted(what, ref)));
    }

    /** @throws AdapterException when another graph has a release of that name in the namespace */
    void requireNameFor(WorkloadRef ref) {
        InstalledRelease holder = byName.get(Name.from(ref));
        if (holder != null && !holder.ref().equals(ref)) {
            throw new AdapterException(
                    AdapterException.Kind.CONFLICT,
                    World.SYSTEM,
                    "Install %s: the name %s in namespace %s belongs to graph %s"
                            .formatted(
                                    ref,
                                    ref.service(),
                                    ref.graph().project(),
                                    holder.ref().graph()));
        }
    }
}
