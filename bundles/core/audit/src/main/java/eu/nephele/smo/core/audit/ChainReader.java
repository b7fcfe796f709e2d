// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditBatch.AuditCursor;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the chain on to an own sink, from where it was read last. A sink that fails gets the same entries again. */
final class ChainReader {

    private static final Logger LOG = LoggerFactory.getLogger(ChainReader.class);
    private static final int MOST = 500;

    private final String name;
    private final AuditStore store;
    private final ChainSink sink;
    private boolean failing;

    /** Takes entries, in sequence; each at least once. */
    interface ChainSink {
        void take(List<AuditEntry> entries) throws IOException;
    }

    /** @param name of its position in the chain */
    ChainReader(String name, AuditStore store, ChainSink sink) {
        this.name = name;
        this.store = store;
        this.sink = sink;
    }

    String name() {
        return name;
    }

    /**
     * Hands on what is new.
     *
     * @return whether it worked
     */
    boolean run() {
        try {
            long place = store.cursor(name).orElse(0);
            List<AuditEntry> found = store.entries(AuditQuery.after(place), MOST);
            while (!found.isEmpty()) {
                sink.take(found);
                place = found.get(found.size() - 1).sequence();
                store.saveCursor(new AuditCursor(name, place));
                found = found.size() < MOST ? List.of() : store.entries(AuditQuery.after(place), MOST);
            }
            if (failing) {
                LOG.info("sink of the audit works again sink={}", name);
            }
            failing = false;
            return true;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.error("sink of the audit failed sink={} reason=\"{}\"; retrying", name, e.toString());
            }
            failing = true;
            return false;
        }
    }
}
