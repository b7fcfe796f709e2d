// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reduces objects; one that cannot be read is skipped, with one warning as long as the reason stays the same. */
final class ObjectReducer<T extends HasMetadata, R> {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectReducer.class);
    private static final int MOST_REMEMBERED = 1000;

    private final String name;
    private final String system;
    private final Function<T, Optional<R>> read;
    private final Map<String, String> complaints = new ConcurrentHashMap<>();

    ObjectReducer(String name, String system, Function<T, Optional<R>> read) {
        this.name = name;
        this.system = system;
        this.read = read;
    }

    Optional<R> read(T item) {
        String key =
                item.getMetadata().getNamespace() + "/" + item.getMetadata().getName();
        try {
            Optional<R> reduced = read.apply(item);
            complaints.remove(key);
            return reduced;
        } catch (RuntimeException broken) {
            String why = String.valueOf(broken.getMessage());
            if (complaints.size() < MOST_REMEMBERED && !why.equals(complaints.put(key, why))) {
                LOG.warn(
                        "object skipped system={} object={} of=\"{}\" reason=\"{}\"",
                        system,
                        item.getMetadata().getName(),
                        name,
                        why);
            }
            return Optional.empty();
        }
    }
}
