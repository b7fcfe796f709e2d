// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.schema;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a schema when the first document is checked: for known good schemas, which a start need not wait for. */
final class LazyValidator implements Validator {

    private final Supplier<Validator> reading;
    private volatile Optional<Validator> read = Optional.empty();

    LazyValidator(Supplier<Validator> reading) {
        this.reading = reading;
    }

    @Override
    public List<Violation> check(JsonObject document, int limit) {
        return read.orElseGet(this::reader).check(document, limit);
    }

    private synchronized Validator reader() {
        if (read.isEmpty()) {
            read = Optional.of(reading.get());
        }
        return read.get();
    }
}
