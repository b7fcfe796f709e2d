// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Which controller is asked for each kind: of several, that of the highest bundle version, then the one that came last. */
final class Controllers {

    private static final Comparator<Installed> BEST = Comparator.<Installed, org.osgi.framework.Version>comparing(
                    installed -> installed.bundle().getVersion())
            .thenComparing(installed -> installed.bundle().getBundleId());

    private final Map<String, List<Installed>> byKind = new ConcurrentSkipListMap<>();
    private final Consumer<Installed> onNew;

    /** @param onNew is told of a controller that is asked from now on; quick */
    Controllers(Consumer<Installed> onNew) {
        this.onNew = onNew;
    }

    void add(Installed installed) {
        change(installed.kind().name(), all -> all.add(installed));
    }

    void remove(Installed installed) {
        change(installed.kind().name(), all -> all.remove(installed));
    }

    private void change(String kind, Consumer<List<Installed>> change) {
        Optional<Installed> before = of(kind);
        byKind.compute(kind, (any, present) -> {
            List<Installed> next = new ArrayList<>(present == null ? List.of() : present);
            change.accept(next);
            return next.isEmpty() ? null : List.copyOf(next);
        });
        of(kind).filter(now -> !Optional.of(now).equals(before)).ifPresent(onNew);
    }

    Optional<Installed> of(String kind) {
        return Optional.ofNullable(byKind.get(kind)).flatMap(all -> all.stream().max(BEST));
    }

    List<ResourceKind> kinds() {
        return byKind.keySet().stream()
                .flatMap(kind -> of(kind).stream())
                .map(Installed::kind)
                .toList();
    }

    List<Installed> all() {
        return byKind.keySet().stream().flatMap(kind -> of(kind).stream()).toList();
    }
}
