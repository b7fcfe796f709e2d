// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyValidatorTest {

    private final AtomicInteger read = new AtomicInteger();

    @Test
    void aSchemaIsReadWithTheFirstDocumentAndNotAgain() {
        Violation wrong = new Violation("/a", "is missing");
        Validator late = new LazyValidator(() -> {
            read.incrementAndGet();
            return (document, limit) -> List.of(wrong);
        });
        assertThat(read).hasValue(0);
        assertThat(late.check(JsonObject.EMPTY, 1)).containsExactly(wrong);
        assertThat(late.check(JsonObject.EMPTY, 1)).containsExactly(wrong);
        assertThat(read).hasValue(1);
    }

    @Test
    void aSchemaThatCannotBeReadIsReadAgain() {
        Validator late = new LazyValidator(() -> {
            if (read.incrementAndGet() == 1) {
                throw new IllegalArgumentException("no schema");
            }
            return (document, limit) -> List.of();
        });
        assertThatThrownBy(() -> late.check(JsonObject.EMPTY, 1)).hasMessage("no schema");
        assertThat(late.check(JsonObject.EMPTY, 1)).isEmpty();
    }
}
