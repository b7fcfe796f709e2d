// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What labels say, read once: thousands of containers carry the same values, and are listed every few seconds. */
public final class SpecCache {

    private static final int MOST = 2000;

    /** Specification by reference and values, the least used one goes first; empty for values that somebody spoiled. */
    private final Map<SpecKey, Optional<ContainerSpec>> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SpecKey, Optional<ContainerSpec>> eldest) {
            return size() > MOST;
        }
    };

    /** What a specification is read from. */
    private record SpecKey(String image, String values) {}

    /** Empty if the labels are not what was installed. */
    public Optional<ContainerSpec> spec(ContainerRecord record) {
        synchronized (read) {
            return read.computeIfAbsent(new SpecKey(record.image(), record.values()), any -> parse(record));
        }
    }

    private static Optional<ContainerSpec> parse(ContainerRecord record) {
        try {
            return Optional.of(record.spec());
        } catch (IllegalArgumentException spoiled) {
            return Optional.empty();
        }
    }
}
