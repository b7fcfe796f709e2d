// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.controller;

import eu.nephele.smo.api.runtime.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the controller of each kind. A kind belongs to the bundle that provided it first, by its symbolic name, as
 * long as a controller of that bundle is present: a later one of another name is not called, whatever its version. Of
 * several versions of the owner the highest is called, and of equals the latest.
 */
public final class ControllerRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerRegistry.class);

    private static final Comparator<InstalledController> BEST = Comparator.<InstalledController, Version>comparing(
                    installed -> installed.bundle().getVersion())
            .thenComparing(installed -> installed.bundle().getBundleId());

    /** The first one decides on the owner of the kind, whose controllers come first; else in the order of arrival. */
    private final Map<String, List<InstalledController>> byKind = new ConcurrentSkipListMap<>();

    private final Consumer<InstalledController> onNew;
    private final Consumer<String> onLastGone;

    /**
     * @param onNew called with a controller that is used from now on; quick
     * @param onLastGone called with a kind whose last controller has gone; quick
     */
    public ControllerRegistry(Consumer<InstalledController> onNew, Consumer<String> onLastGone) {
        this.onNew = onNew;
        this.onLastGone = onLastGone;
    }

    public void add(InstalledController installed) {
        change(installed.kind().name(), all -> all.add(installed));
        if (isForeign(installed)) {
            LOG.warn("controller not used reason=\"{}\"", name(installed));
        }
    }

    public void remove(InstalledController installed) {
        String kind = installed.kind().name();
        change(kind, all -> all.remove(installed));
        if (find(kind).isEmpty()) {
            onLastGone.accept(kind);
        }
    }

    private void change(String kind, Consumer<List<InstalledController>> change) {
        Optional<InstalledController> before = find(kind);
        byKind.compute(kind, (any, present) -> {
            List<InstalledController> next = new ArrayList<>(present == null ? List.of() : present);
            change.accept(next);
            if (present != null) {
                String owner = bundle(present.get(0));
                next.sort(Comparator.comparing(installed -> !bundle(installed).equals(owner)));
            }
            return next.isEmpty() ? null : List.copyOf(next);
        });
        find(kind).filter(now -> !Optional.of(now).equals(before)).ifPresent(onNew);
    }

    public Optional<InstalledController> find(String kind) {
        List<InstalledController> all = byKind.getOrDefault(kind, List.of());
        return all.stream()
                .filter(installed -> bundle(installed).equals(bundle(all.get(0))))
                .max(BEST);
    }

    private static String bundle(InstalledController installed) {
        return String.valueOf(installed.bundle().getSymbolicName());
    }

    public List<ResourceKind> kinds() {
        return all().stream().map(InstalledController::kind).toList();
    }

    public List<InstalledController> all() {
        return byKind.keySet().stream().flatMap(kind -> find(kind).stream()).toList();
    }

    /** Returns the bundles whose kind belongs to another one: one sentence for each, in words for people. */
    public Stream<String> foreign() {
        return byKind.values().stream()
                .flatMap(List::stream)
                .filter(this::isForeign)
                .map(this::name);
    }

    private boolean isForeign(InstalledController installed) {
        return find(installed.kind().name())
                .filter(asked -> !bundle(asked).equals(bundle(installed)))
                .isPresent();
    }

    private String name(InstalledController installed) {
        String kind = installed.kind().name();
        return "the controller of %s is not used: kind %s belongs to %s, which provided it first"
                .formatted(
                        installed.origin(),
                        kind,
                        find(kind).map(ControllerRegistry::bundle).orElse("another bundle"));
    }
}
