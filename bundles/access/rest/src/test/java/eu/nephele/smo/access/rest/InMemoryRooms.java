// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.CapacityStore;
import java.util.Optional;

/** Rooms of the core that come and go as a test wants. */
final class InMemoryRooms extends CoreServices {

    volatile Optional<GraphService> engine;
    volatile Optional<DescriptorReader> reader = Optional.of(new InMemoryReader());
    volatile Optional<Journal> journal;
    volatile Optional<StrategyCatalog> catalog;
    volatile Optional<CapacityStore> capacity;

    InMemoryRooms(GraphService engine, InMemoryCore core) {
        this.engine = Optional.of(engine);
        this.journal = Optional.of(core);
        this.catalog = Optional.of(core);
        this.capacity = Optional.of(core);
    }

    @Override
    Optional<GraphService> engineNow() {
        return engine;
    }

    @Override
    Optional<DescriptorReader> readerNow() {
        return reader;
    }

    @Override
    Optional<Journal> journalNow() {
        return journal;
    }

    @Override
    Optional<StrategyCatalog> catalogNow() {
        return catalog;
    }

    @Override
    Optional<CapacityStore> capacityNow() {
        return capacity;
    }
}
