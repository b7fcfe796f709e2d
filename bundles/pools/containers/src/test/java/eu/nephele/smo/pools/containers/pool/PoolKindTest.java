// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.descriptor.schema.InstalledSchemas;
import org.junit.jupiter.api.Test;

/** In the server its schema is read with the first document: a bad one would not be noticed before. */
class PoolKindTest {

    @Test
    void itsSchemaIsValid() {
        assertThat(new InstalledSchemas()
                        .checker(StrictJson.parseObject(PoolKind.KIND.schema()))
                        .check(JsonObject.EMPTY, 100))
                .as("a document without anything lacks something")
                .isNotEmpty();
    }
}
