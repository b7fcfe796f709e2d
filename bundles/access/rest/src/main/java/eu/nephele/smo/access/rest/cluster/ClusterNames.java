// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of clusters for people: the bare name where it is unique over all sources, else {@code source/name}. */
public final class ClusterNames {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final List<ClusterId> known;
    private final Optional<AdapterException> silent;
    private final Map<String, ClusterId> byName = new HashMap<>();
    /** Names that several sources have. */
    private final Set<String> shared = new HashSet<>();

    public ClusterNames(Collection<ClusterId> known) {
        this(known, Optional.empty());
    }

    /** @param silent failure of a source that does not report its clusters */
    public ClusterNames(Collection<ClusterId> known, Optional<AdapterException> silent) {
        this.known = List.copyOf(known);
        this.silent = silent;
        for (ClusterId id : known) {
            ClusterId other = byName.putIfAbsent(id.name(), id);
            if (other != null && !other.equals(id)) {
                shared.add(id.name());
            }
        }
    }

    public String get(ClusterId id) {
        boolean unique = byName.getOrDefault(id.name(), id).equals(id) && !shared.contains(id.name());
        return unique ? id.name() : id.toString();
    }

    /** By bare name or {@code source/name}; {@code UNAVAILABLE} when none matches while a source is silent. */
    public List<ClusterId> meantBy(String text) {
        List<ClusterId> meant = known.stream()
                .filter(id -> id.name().equals(text) || id.toString().equals(text))
                .toList();
        if (meant.isEmpty()) {
            silent.ifPresent(why -> {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        why.system(),
                        "Cluster %s is unknown: %s".formatted(text, why.getMessage()),
                        why.retryAfter().or(() -> Optional.of(RETRY)));
            });
        }
        return meant;
    }
}
