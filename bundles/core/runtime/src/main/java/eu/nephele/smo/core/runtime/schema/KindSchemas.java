// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.schema;

import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import java.time.Instant;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;

/**
 * Reads the schemas of kinds. A schema that comes into a running server, also in the place of a bundle of the product,
 * is read at once: an unusable one keeps its controller out. Schemas of the product were checked when it was built, and
 * are read with the first document.
 */
public final class KindSchemas {

    private final SchemaValidatorFactory schemas;
    private final ProductBundles product;
    private final Instant firstStart;

    /** @param firstStart whatever was installed or exchanged later did not come with the product */
    public KindSchemas(SchemaValidatorFactory schemas, ProductBundles product, Instant firstStart) {
        this.schemas = schemas;
        this.product = product;
        this.firstStart = firstStart;
    }

    /** @throws IllegalArgumentException when the schema is read at once and cannot be used, saying why */
    public Validator checker(ResourceKind kind, Bundle bundle) {
        Supplier<Validator> reading = () -> schemas.checker(StrictJson.parseObject(kind.schema()));
        return cameWithProduct(bundle) ? new LazyValidator(reading) : reading.get();
    }

    /** A bundle is modified when it is installed or updated; all of a product are installed before one is started. */
    private boolean cameWithProduct(Bundle bundle) {
        return product.known() && product.contains(bundle) && bundle.getLastModified() <= firstStart.toEpochMilli();
    }
}
