// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.audit.AuditEncoding;
import eu.nephele.smo.core.contract.store.GraphStore;
import java.util.Optional;
import java.util.function.Function;

/** Digest of the stored descriptor of a graph, for the audit: of its canonical text, so that the same meaning has the same digest. */
public record GraphContentDigest(GraphStore graphs) implements Function<ResourceRef, Optional<String>> {

    @Override
    public Optional<String> apply(ResourceRef target) {
        return target.graph()
                .flatMap(graphs::find)
                .map(record -> AuditEncoding.digest(
                        record.desired().declaration().descriptor().canonical()));
    }
}
