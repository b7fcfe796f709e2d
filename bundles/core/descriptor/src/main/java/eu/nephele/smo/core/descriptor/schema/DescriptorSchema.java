// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The present schema; composed again only when something was installed or removed. */
public final class DescriptorSchema {

    private static final String RESOURCE = "hdag.schema.json";

    private final StrategyCatalog catalog;
    private final boolean rejectUnknownIntents;
    private final ObjectNode base = base();
    /** Composing twice at the same time is harmless. */
    private volatile Optional<Composed> cached = Optional.empty();

    public DescriptorSchema(StrategyCatalog catalog, boolean rejectUnknownIntents) {
        this.catalog = catalog;
        this.rejectUnknownIntents = rejectUnknownIntents;
    }

    public Composed current() {
        long revision = catalog.revision();
        Optional<Composed> known = cached.filter(composed -> composed.parts().revision() == revision);
        return known.orElseGet(() -> {
            Composed fresh = compose(InstalledExtensions.from(catalog));
            cached = Optional.of(fresh);
            return fresh;
        });
    }

    private Composed compose(InstalledExtensions parts) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        SchemaComposer composer = new SchemaComposer(base, registry);
        ObjectNode published = composer.forPublishing(parts, rejectUnknownIntents);
        return new Composed(
                parts, StrictJson.object(published), new SchemaChecker(registry, composer.forChecking(parts)));
    }

    private static ObjectNode base() {
        try (InputStream in = DescriptorSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the bundle");
            }
            return (ObjectNode) StrictJson.tree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public record Composed(InstalledExtensions parts, JsonObject published, SchemaChecker checker) {}
}
